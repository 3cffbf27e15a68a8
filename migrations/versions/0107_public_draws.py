"""Public draws among those who are equal in every criterion."""

import sqlalchemy as sa
from alembic import op

import core.db

revision = "0107"
down_revision = "0103"
branch_labels = None
depends_on = None

MEASURES = "('rate', 'turns', 'capped', 'people', 'winners', 'points')"


def upgrade() -> None:
    """Ties that wait for a draw go on waiting for it."""
    op.create_table(
        "quiz_draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.SmallInteger(), nullable=True),
        sa.Column("measure", sa.String(length=10), nullable=True),
        sa.Column("bloc", sa.SmallInteger(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("prizes", sa.JSON(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("drawn", sa.JSON(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("witnesses", sa.JSON(), nullable=False),
        sa.Column("again", sa.String(length=500), nullable=True),
        sa.Column("recorded_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("approval_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(round_id IS NULL) <> (measure IS NULL)", name=op.f("ck_quiz_draw_of_people_or_units")),
        sa.CheckConstraint("(round_id IS NULL) = (version IS NULL)", name=op.f("ck_quiz_draw_version_of_a_round")),
        sa.CheckConstraint(f"measure IN {MEASURES}", name=op.f("ck_quiz_draw_measure_known")),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["account_approval.id"], name=op.f("fk_quiz_draw_approval_id_account_approval")
        ),
        sa.ForeignKeyConstraint(["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_draw_contest_id_quiz_contest")),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_draw_round_id_quiz_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_draw")),
    )
    for column in ("approval_id", "contest_id", "round_id"):
        op.create_index(op.f(f"ix_quiz_draw_{column}"), "quiz_draw", [column])
    with op.batch_alter_table("quiz_winner") as batch:
        batch.add_column(sa.Column("draw_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_quiz_winner_draw_id_quiz_draw"), "quiz_draw", ["draw_id"], ["id"])
        batch.create_index(op.f("ix_quiz_winner_draw_id"), ["draw_id"])


def downgrade() -> None:
    """Prizes that were drawn stay as they were given; how they were drawn is lost."""
    with op.batch_alter_table("quiz_winner") as batch:
        batch.drop_index(op.f("ix_quiz_winner_draw_id"))
        batch.drop_constraint(op.f("fk_quiz_winner_draw_id_quiz_draw"), type_="foreignkey")
        batch.drop_column("draw_id")
    op.drop_table("quiz_draw")
