"""A sheet that registered its person asks whether it is theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Sheets that were counted before ask no one."""
    op.add_column("quiz_paper_sheet", sa.Column("registers", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """No counted sheet asks any more."""
    op.drop_column("quiz_paper_sheet", "registers")
