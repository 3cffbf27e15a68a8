"""The lines of the standings are found by participant; an index of their attempts only made a close slower.

Without the index there is no foreign key either, since each attempt that is deleted would search all lines.
"""

from alembic import op

revision = "0070"
down_revision = "0061"
branch_labels = None
depends_on = None

INDEX, KEY = "ix_quiz_standing_attempt_id", "fk_quiz_standing_attempt_id_quiz_attempt"


def upgrade() -> None:
    """Drop both."""
    with op.batch_alter_table("quiz_standing") as batch_op:
        batch_op.drop_index(INDEX)
        batch_op.drop_constraint(KEY, type_="foreignkey")


def downgrade() -> None:
    """Create them again."""
    with op.batch_alter_table("quiz_standing") as batch_op:
        batch_op.create_foreign_key(KEY, "quiz_attempt", ["attempt_id"], ["id"])
        batch_op.create_index(INDEX, ["attempt_id"])
