"""Public draws by a number that somebody else publishes; trials that ask a second person."""

import sqlalchemy as sa
from alembic import op

revision = "0113"
down_revision = "0112"
branch_labels = None
depends_on = None

NUMBERED = {"table_kwargs": {"sqlite_autoincrement": True}}
"""Ids of deleted contests and rounds are not reused, also where SQLite makes the table anew."""
WITH_ITS_SOURCE = "(source IS NULL) = (number IS NULL) AND (source IS NULL) = (seeded IS NULL)"


def upgrade() -> None:
    """Draws recorded so far were held by hand, and trials went on without a second person."""
    with op.batch_alter_table("quiz_contest", **NUMBERED) as batch:
        batch.add_column(sa.Column("trial_asks", sa.Boolean(), server_default=sa.false(), nullable=False))
    if op.get_bind().dialect.name == "sqlite":  # which forgot it for rounds when an earlier revision made them anew
        with op.batch_alter_table("quiz_round", recreate="always", **NUMBERED):
            pass
    with op.batch_alter_table("quiz_draw") as batch:
        batch.add_column(sa.Column("source", sa.String(length=120), nullable=True))
        batch.add_column(sa.Column("number", sa.String(length=20), nullable=True))
        batch.add_column(sa.Column("seeded", sa.String(length=500), nullable=True))
        batch.add_column(sa.Column("codes", sa.JSON(none_as_null=True), nullable=True))
        batch.create_check_constraint(op.f("ck_quiz_draw_number_with_its_source"), WITH_ITS_SOURCE)


def downgrade() -> None:
    """The order drawn stays; the number that it came from is lost."""
    with op.batch_alter_table("quiz_draw") as batch:
        batch.drop_constraint(op.f("ck_quiz_draw_number_with_its_source"), type_="check")
        for column in ("codes", "seeded", "number", "source"):
            batch.drop_column(column)
    with op.batch_alter_table("quiz_contest", **NUMBERED) as batch:
        batch.drop_column("trial_asks")
