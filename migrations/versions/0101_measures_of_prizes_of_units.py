"""A prize of units may go by a measure of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0097"
branch_labels = None
depends_on = None

TABLES = ("quiz_prize_tier", "quiz_collective_award")


def upgrade() -> None:
    """Prizes declared and decided before go by the measure of their contest, as they did."""
    for table in TABLES:
        op.add_column(table, sa.Column("measure", sa.String(length=10), nullable=True))


def downgrade() -> None:
    """Every prize goes by the measure of its contest again."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("measure")
