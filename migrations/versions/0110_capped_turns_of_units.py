"""Each close keeps the turns of a unit up to the declared cap."""

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0107"
branch_labels = None
depends_on = None

COLUMNS = ("capped", "capped_before")


def upgrade() -> None:
    """Contests that closed a round before are counted at their next close."""
    for name in COLUMNS:
        op.add_column("quiz_unit_people", sa.Column(name, sa.Integer(), nullable=True))


def downgrade() -> None:
    """Boards have no order by these turns again."""
    with op.batch_alter_table("quiz_unit_people") as batch:
        for name in COLUMNS:
            batch.drop_column(name)
