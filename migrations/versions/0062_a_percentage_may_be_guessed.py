"""A guessed percentage: the people whose share it is, and distances that are products."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Numbers were guessed so far."""
    with op.batch_alter_table("quiz_result") as batch_op:
        batch_op.add_column(sa.Column("target_people", sa.Integer(), nullable=True))
    with op.batch_alter_table("quiz_standing") as batch_op:
        batch_op.alter_column("distance", existing_type=sa.Integer(), type_=sa.BigInteger(), existing_nullable=True)


def downgrade() -> None:
    """Distances of percentages do not fit any more: they are left out."""
    op.execute(sa.text("UPDATE quiz_standing SET distance = NULL WHERE distance > 2147483647"))
    with op.batch_alter_table("quiz_standing") as batch_op:
        batch_op.alter_column("distance", existing_type=sa.BigInteger(), type_=sa.Integer(), existing_nullable=True)
    with op.batch_alter_table("quiz_result") as batch_op:
        batch_op.drop_column("target_people")
