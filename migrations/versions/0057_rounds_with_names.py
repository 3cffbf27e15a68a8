"""Rounds that have a name of their own, and papers of one week."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The rounds so far are weeks, each with one paper."""
    with op.batch_alter_table("quiz_round") as batch_op:
        batch_op.add_column(sa.Column("name", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("same_week", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Forget the names."""
    with op.batch_alter_table("quiz_round") as batch_op:
        batch_op.drop_column("same_week")
        batch_op.drop_column("name")
