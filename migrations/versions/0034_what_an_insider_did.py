"""Store how the two accounts of an approval were related, and how papers from sheets were ranked."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Approvals from before keep their relation, and no steps; results from before ranked sheets by their own times."""
    op.add_column("account_approval", sa.Column("kin", sa.Text(), nullable=False, server_default=""))
    op.add_column("quiz_result", sa.Column("limits_sheets", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_account_audit_subject", "account_audit", ["kind", "subject_id"])


def downgrade() -> None:
    """The relation itself stays, and so do the standings."""
    op.drop_index("ix_account_audit_subject", "account_audit")
    op.drop_column("quiz_result", "limits_sheets")
    op.drop_column("account_approval", "kin")
