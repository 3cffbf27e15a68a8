"""Units that join a contest after the first registration, as amendments."""

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None has joined so yet."""
    op.add_column("quiz_rules_amendment", sa.Column("units", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """The units stay in their contests; that they joined later is forgotten."""
    op.execute("DELETE FROM quiz_rules_amendment WHERE units IS NOT NULL")
    op.drop_column("quiz_rules_amendment", "units")
