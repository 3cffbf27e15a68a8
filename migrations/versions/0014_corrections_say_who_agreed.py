"""Marks of results without an independent approver, and corrected names of published winners."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None
CLAIMS = (("quiz_result", "is_tied"), ("quiz_round", "renamed_alone"), ("quiz_round", "renamed_tied"))


def upgrade() -> None:
    """Leave the marks unset for earlier corrections, for which they are unknown."""
    op.add_column("quiz_round", sa.Column("renamed_at", sa.DateTime(timezone=True), nullable=True))
    for table, column in CLAIMS:
        op.add_column(table, sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Drop the marks; the audit trail and the approvals still record them."""
    for table, column in reversed(CLAIMS):
        op.drop_column(table, column)
    op.drop_column("quiz_round", "renamed_at")
