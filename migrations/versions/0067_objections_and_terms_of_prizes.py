"""The terms of a contest's prizes, objections to results, and results that are final."""

import sqlalchemy as sa
from alembic import op

import core.db

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Contests so far declare no terms; no results are final."""
    with op.batch_alter_table("quiz_contest") as batch_op:
        batch_op.add_column(sa.Column("terms", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("quiz_round") as batch_op:
        batch_op.add_column(sa.Column("finalised_at", core.db.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("finalisation_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_quiz_round_finalisation_id_account_approval"), "account_approval", ["finalisation_id"], ["id"]
        )
        batch_op.create_index(op.f("ix_quiz_round_finalisation_id"), ["finalisation_id"])
        batch_op.create_check_constraint("final_after_publication", "finalised_at IS NULL OR published_at IS NOT NULL")
    op.create_table(
        "quiz_objection",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", core.db.UtcDateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("outcome IN ('accepted', 'rejected')", name=op.f("ck_quiz_objection_outcome_known")),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL)", name=op.f("ck_quiz_objection_answered_at_some_time")
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL)", name=op.f("ck_quiz_objection_answered_by_an_account")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["account_account.id"], name=op.f("fk_quiz_objection_answered_by_id_account_account")
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["quiz_attempt.id"], name=op.f("fk_quiz_objection_attempt_id_quiz_attempt")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["quiz_participant.id"], name=op.f("fk_quiz_objection_participant_id_quiz_participant")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_objection_round_id_quiz_round")),
        sa.PrimaryKeyConstraint("round_id", "number", name=op.f("pk_quiz_objection")),
        sa.UniqueConstraint(
            "participant_id", "round_id", "version", name=op.f("uq_quiz_objection_participant_id_round_id_version")
        ),
    )
    with op.batch_alter_table("quiz_objection") as batch_op:
        batch_op.create_index(op.f("ix_quiz_objection_attempt_id"), ["attempt_id"])


def downgrade() -> None:
    """Forget objections and terms."""
    op.drop_table("quiz_objection")
    with op.batch_alter_table("quiz_round") as batch_op:
        batch_op.drop_constraint("final_after_publication", type_="check")
        batch_op.drop_index(op.f("ix_quiz_round_finalisation_id"))
        batch_op.drop_constraint(op.f("fk_quiz_round_finalisation_id_account_approval"), type_="foreignkey")
        batch_op.drop_column("finalisation_id")
        batch_op.drop_column("finalised_at")
    with op.batch_alter_table("quiz_contest") as batch_op:
        batch_op.drop_column("terms")
