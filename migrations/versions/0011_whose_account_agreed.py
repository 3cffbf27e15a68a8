"""Approvals whose approver's account the requester made, gave its role, or could enter."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None
COLUMNS = (("account_approval", "is_tied"), ("quiz_round", "published_tied"))


def upgrade() -> None:
    """Leave the mark unset for earlier approvals, for which it is unknown."""
    for table, column in COLUMNS:
        op.add_column(table, sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Drop the marks; the audit trail still records who made which account."""
    for table, column in COLUMNS:
        op.drop_column(table, column)
