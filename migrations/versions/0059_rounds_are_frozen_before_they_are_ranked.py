"""A round is frozen before it is ranked; its standings are stored before their result."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

ROUND = sa.table("quiz_round", *map(sa.column, ("closed_at", "frozen_at")))
STANDING = sa.table("quiz_standing", *map(sa.column, ("round_id", "version")))
RESULT = sa.table("quiz_result", *map(sa.column, ("round_id", "version")))
KEY, ROUND_KEY = "fk_quiz_standing_round_id_quiz_result", "fk_quiz_standing_round_id_quiz_round"


def upgrade() -> None:
    """Closed rounds were frozen when they were closed."""
    with op.batch_alter_table("quiz_round") as batch_op:
        batch_op.add_column(sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True))
    op.get_bind().execute(sa.update(ROUND).values(frozen_at=ROUND.c.closed_at))
    with op.batch_alter_table("quiz_standing") as batch_op:
        batch_op.drop_constraint(KEY, type_="foreignkey")
        batch_op.create_foreign_key(ROUND_KEY, "quiz_round", ["round_id"], ["id"])


def downgrade() -> None:
    """Lines without a result are those of a close that broke off, which begins anew."""
    has_result = sa.exists().where(RESULT.c.round_id == STANDING.c.round_id, RESULT.c.version == STANDING.c.version)
    op.get_bind().execute(sa.delete(STANDING).where(~has_result))
    with op.batch_alter_table("quiz_standing") as batch_op:
        batch_op.drop_constraint(ROUND_KEY, type_="foreignkey")
        batch_op.create_foreign_key(KEY, "quiz_result", ["round_id", "version"], ["round_id", "version"])
    with op.batch_alter_table("quiz_round") as batch_op:
        batch_op.drop_column("frozen_at")
