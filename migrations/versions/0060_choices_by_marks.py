"""The choices of people in each question, by their marks."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rounds that are closed already get them when they are marked again."""
    with op.batch_alter_table("quiz_round_answers") as batch_op:
        batch_op.add_column(sa.Column("choices", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Forget them."""
    with op.batch_alter_table("quiz_round_answers") as batch_op:
        batch_op.drop_column("choices")
