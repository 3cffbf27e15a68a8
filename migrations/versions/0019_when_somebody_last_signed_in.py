"""when somebody last signed in: asked of accounts that nobody uses any more."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Known of whoever is signed in; of everybody else from their next time on."""
    op.add_column("account_account", sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE account_account SET signed_in_at = "
        "(SELECT max(created_at) FROM account_session WHERE account_id = account_account.id)"
    )


def downgrade() -> None:
    op.drop_column("account_account", "signed_in_at")
