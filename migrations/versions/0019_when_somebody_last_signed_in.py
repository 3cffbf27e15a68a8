"""The time of the last sign-in of an account."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Set it for accounts that are signed in; for others it is set at their next sign-in."""
    op.add_column("account_account", sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE account_account SET signed_in_at = "
        "(SELECT max(created_at) FROM account_session WHERE account_id = account_account.id)"
    )


def downgrade() -> None:
    op.drop_column("account_account", "signed_in_at")
