"""Prizes with their amounts, and prizes for units."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The prizes so far are those of people, without a declared amount."""
    with op.batch_alter_table("quiz_prize_tier") as batch_op:
        batch_op.add_column(sa.Column("amount", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("is_collective", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_check_constraint("amount_sensible", "amount BETWEEN 0 AND 10000000000")


def downgrade() -> None:
    """Forget the amounts, and the prizes of units."""
    op.execute("DELETE FROM quiz_prize_tier WHERE is_collective")
    with op.batch_alter_table("quiz_prize_tier") as batch_op:
        batch_op.drop_constraint("amount_sensible", type_="check")
        batch_op.drop_column("is_collective")
        batch_op.drop_column("amount")
