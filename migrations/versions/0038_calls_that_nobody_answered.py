"""Unanswered calls, from the first of which the declared days of calling count."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quiz_missed_call",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["quiz_participant.id"],
            name=op.f("fk_quiz_missed_call_participant_id_quiz_participant"),
        ),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_missed_call_round_id_quiz_round")),
        sa.PrimaryKeyConstraint("round_id", "participant_id", "called_at", name=op.f("pk_quiz_missed_call")),
    )


def downgrade() -> None:
    op.drop_table("quiz_missed_call")
