"""Store how the two accounts of an approval were related, and how papers from sheets were ranked, and who was
called.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

CALLED = """
    UPDATE quiz_winner SET called_at = (
        SELECT quiz_participant.verified_at FROM quiz_participant
        JOIN quiz_round ON quiz_round.id = quiz_winner.round_id
        WHERE quiz_participant.id = quiz_winner.participant_id
        AND quiz_participant.verified_at >= quiz_round.closed_at
    )
    WHERE state = 'confirmed'
"""
"""Those confirmed after the close were called in the round."""

PEOPLE = """
    INSERT INTO quiz_unit_people (contest_id, unit_id, people)
    SELECT quiz_round.contest_id, quiz_participant.unit_id, count(DISTINCT quiz_participant.id) FROM quiz_round
    JOIN quiz_entry ON quiz_entry.round_id = quiz_round.id
    JOIN quiz_participant ON quiz_participant.id = quiz_entry.participant_id
    WHERE quiz_round.closed_at IS NOT NULL
    GROUP BY quiz_round.contest_id, quiz_participant.unit_id
"""
"""The different people of closed rounds alone: those of an open one are not shown before its close."""


def upgrade() -> None:
    """Approvals from before keep their relation, and no steps; results from before ranked sheets by their own times."""
    op.add_column("account_approval", sa.Column("kin", sa.Text(), nullable=False, server_default=""))
    op.add_column("quiz_result", sa.Column("limits_sheets", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("quiz_winner", sa.Column("called_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(CALLED)
    op.execute("DELETE FROM quiz_unit_people")
    op.execute(PEOPLE)
    op.create_index("ix_account_audit_subject", "account_audit", ["kind", "subject_id"])


def downgrade() -> None:
    """The relation itself stays, and so do the standings."""
    op.drop_index("ix_account_audit_subject", "account_audit")
    op.drop_column("quiz_winner", "called_at")
    op.drop_column("quiz_result", "limits_sheets")
    op.drop_column("account_approval", "kin")
