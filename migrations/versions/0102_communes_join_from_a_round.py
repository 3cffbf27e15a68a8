"""Whole communes join a running contest from a round on."""

import sqlalchemy as sa
from alembic import op

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Units that are in a contest entered it from its first round on."""
    op.add_column("quiz_contest_unit", sa.Column("from_round", sa.SmallInteger(), server_default="1", nullable=False))
    op.add_column("quiz_rules_amendment", sa.Column("widens", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Every unit enters from the first round on again."""
    op.drop_column("quiz_rules_amendment", "widens")
    op.drop_column("quiz_contest_unit", "from_round")
