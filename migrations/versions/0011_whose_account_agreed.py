"""whose account agreed: one that whoever asked made, gave its role, or handed a way into."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None
COLUMNS = (("account_approval", "is_tied"), ("quiz_round", "published_tied"))


def upgrade() -> None:
    """Of what was agreed to before nothing is said: nobody wrote it down then."""
    for table, column in COLUMNS:
        op.add_column(table, sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """The trail still has who made which account."""
    for table, column in COLUMNS:
        op.drop_column(table, column)
