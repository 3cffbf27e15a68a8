"""Prizes of the whole contest that people have received."""

import sqlalchemy as sa
from alembic import op

import core.db

revision = "0114"
down_revision = "0113"
branch_labels = None
depends_on = None

TABLE = "quiz_prize_claim"
COPY = """
CREATE TABLE quiz_prize_claim_before AS
SELECT round_id, participant_id, tier, received_at, recorded_by_id FROM quiz_prize_claim WHERE round_id IS NOT NULL
"""
FILL = """
INSERT INTO quiz_prize_claim (round_id, participant_id, tier, received_at, recorded_by_id)
SELECT round_id, participant_id, tier, received_at, recorded_by_id FROM quiz_prize_claim_before
"""


def upgrade() -> None:
    """Every prize that was received before is one of a round."""
    _copy_and_drop()
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        *_columns(),
        *_keys(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_prize_claim")),
        sa.UniqueConstraint("round_id", "participant_id", name=op.f("uq_quiz_prize_claim_round_id_participant_id")),
    )
    op.create_index(op.f("ix_quiz_prize_claim_participant_id"), TABLE, ["participant_id"])
    whole = sa.text("round_id IS NULL")
    op.create_index(
        "uq_quiz_prize_claim_season",
        TABLE,
        ["participant_id"],
        unique=True,
        sqlite_where=whole,
        postgresql_where=whole,
    )
    _fill()


def downgrade() -> None:
    """That prizes of the whole contest were received is forgotten."""
    _copy_and_drop()
    op.create_table(
        TABLE,
        sa.Column("round_id", sa.Integer(), nullable=False),
        *_columns(),
        *_keys(),
        sa.PrimaryKeyConstraint("round_id", "participant_id", name=op.f("pk_quiz_prize_claim")),
    )
    _fill()


def _copy_and_drop() -> None:
    op.execute(COPY)
    op.drop_table(TABLE)


def _fill() -> None:
    op.execute(FILL)
    op.drop_table("quiz_prize_claim_before")


def _columns() -> tuple[sa.Column, ...]:
    return (
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("tier", sa.String(length=60), nullable=False),
        sa.Column("received_at", core.db.UtcDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
    )


def _keys() -> tuple[sa.ForeignKeyConstraint, ...]:
    return tuple(
        sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_quiz_prize_claim_{column}_{table}"))
        for column, table in (
            ("round_id", "quiz_round"),
            ("participant_id", "quiz_participant"),
            ("recorded_by_id", "account_account"),
        )
    )
