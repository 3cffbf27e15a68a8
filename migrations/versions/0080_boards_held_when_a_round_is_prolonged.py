"""The day at which the board of a prolonged round stays."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rounds that were prolonged before show what they showed."""
    op.add_column("quiz_round", sa.Column("board_held_at", sa.Date(), nullable=True))


def downgrade() -> None:
    """Boards show every day but the last two again."""
    op.drop_column("quiz_round", "board_held_at")
