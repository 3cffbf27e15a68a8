"""Causes of versions of the results, excluded entries, and versions of keys."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CAUSES = ("close", "exclude", "restore", "remark")
GROUNDS = ("identity", "several", "false", "barred", "cheating")


def upgrade() -> None:
    """Set the cause of every existing version to the close."""
    with op.batch_alter_table("quiz_result") as batch_op:
        batch_op.add_column(sa.Column("cause", sa.String(length=10), nullable=False, server_default="close"))
        batch_op.add_column(sa.Column("is_alone", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_check_constraint(op.f("ck_quiz_result_cause_known"), f"cause IN {CAUSES}")
    op.create_table(
        "quiz_exclusion",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("since_version", sa.SmallInteger(), nullable=False),
        sa.Column("until_version", sa.SmallInteger(), nullable=True),
        sa.Column("ground", sa.String(length=10), nullable=False),
        sa.CheckConstraint(f"ground IN {GROUNDS}", name=op.f("ck_quiz_exclusion_ground_known")),
        sa.CheckConstraint(
            "until_version IS NULL OR until_version > since_version", name=op.f("ck_quiz_exclusion_until_after_since")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_exclusion_round_id_quiz_round")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["quiz_participant.id"], name=op.f("fk_quiz_exclusion_participant_id_quiz_participant")
        ),
        sa.ForeignKeyConstraint(
            ["round_id", "since_version"],
            ["quiz_result.round_id", "quiz_result.version"],
            name=op.f("fk_quiz_exclusion_round_id_quiz_result"),
        ),
        sa.PrimaryKeyConstraint("round_id", "participant_id", "since_version", name=op.f("pk_quiz_exclusion")),
    )
    op.create_index(
        "uq_quiz_exclusion_standing", "quiz_exclusion", ["round_id", "participant_id"], unique=True,
        sqlite_where=sa.text("until_version IS NULL"), postgresql_where=sa.text("until_version IS NULL"),
    )  # fmt: skip
    op.add_column("quiz_question", sa.Column("is_void", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "quiz_key_version",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("letters", sa.String(length=26), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["quiz_question.id"], name=op.f("fk_quiz_key_version_question_id_quiz_question")
        ),
        sa.PrimaryKeyConstraint("question_id", "version", name=op.f("pk_quiz_key_version")),
    )


def downgrade() -> None:
    """Keep corrected versions; the newest is in force, as before."""
    op.drop_table("quiz_key_version")
    with op.batch_alter_table("quiz_question") as batch_op:
        batch_op.drop_column("is_void")
    op.drop_table("quiz_exclusion")
    with op.batch_alter_table("quiz_result") as batch_op:
        batch_op.drop_constraint(op.f("ck_quiz_result_cause_known"), type_="check")
        batch_op.drop_column("is_alone")
        batch_op.drop_column("cause")
