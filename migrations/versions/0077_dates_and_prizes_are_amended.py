"""Amendments of dates and prizes, and the prizes of rounds that ran before one."""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0074"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Neither was amended yet: every round has the prizes of its contest."""
    op.add_column("quiz_rules_amendment", sa.Column("plan", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("quiz_round", sa.Column("prizes", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Rounds that ran before an amendment of prizes get those of their contest."""
    op.drop_column("quiz_round", "prizes")
    op.drop_column("quiz_rules_amendment", "plan")
