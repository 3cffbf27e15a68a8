"""Store how the two accounts of an approval were related, and index the audit trail by its subjects."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Approvals from before keep their relation, and no steps."""
    op.add_column("account_approval", sa.Column("kin", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_account_audit_subject", "account_audit", ["kind", "subject_id"])


def downgrade() -> None:
    """The relation itself stays."""
    op.drop_index("ix_account_audit_subject", "account_audit")
    op.drop_column("account_approval", "kin")
