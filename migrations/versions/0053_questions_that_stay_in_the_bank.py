"""Questions that stay in the bank when no round asks them."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every question of today was written for a round."""
    with op.batch_alter_table("quiz_question") as batch_op:
        batch_op.add_column(sa.Column("is_kept", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Forget which questions stay; those that no round asks remain in the bank."""
    with op.batch_alter_table("quiz_question") as batch_op:
        batch_op.drop_column("is_kept")
