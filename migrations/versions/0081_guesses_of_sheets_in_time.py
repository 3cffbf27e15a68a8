"""Whether the guess of a sheet was keyed in before the close of its round."""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None

SHEET = "quiz_paper_sheet"


def upgrade() -> None:
    """Sheets that wait for the second account keep their guess: nothing else was declared when they were keyed in."""
    op.add_column(SHEET, sa.Column("guess_in_time", sa.Boolean(), server_default=sa.false(), nullable=False))
    sheets = sa.table(SHEET, sa.column("guess_in_time", sa.Boolean()), sa.column("sealed", sa.LargeBinary()))
    op.execute(sheets.update().where(sheets.c.sealed.is_not(None)).values(guess_in_time=sa.true()))


def downgrade() -> None:
    """Every guess counts again."""
    op.drop_column(SHEET, "guess_in_time")
