"""The confirmed steps of a contest's plan."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

NUMBERED = {"table_kwargs": {"sqlite_autoincrement": True}}
"""Ids of deleted contests are not reused, also where SQLite makes the table anew."""


def upgrade() -> None:
    """Contests that are there were set up on one page."""
    with op.batch_alter_table("quiz_contest", **NUMBERED) as batch_op:
        batch_op.add_column(sa.Column("plan_steps", sa.SmallInteger(), server_default="0", nullable=False))


def downgrade() -> None:
    """Forget them."""
    with op.batch_alter_table("quiz_contest", **NUMBERED) as batch_op:
        batch_op.drop_column("plan_steps")
