"""Texts in further languages have a search key."""

import sqlalchemy as sa
from alembic import op

from core.values.text import search_key

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

LONGEST = 200
KEY = ("kind", "owner_id", "field", "language")


def upgrade() -> None:
    """Give those that are there theirs."""
    with op.batch_alter_table("core_translation") as batch_op:
        batch_op.add_column(sa.Column("search_key", sa.String(LONGEST), nullable=False, server_default=""))
    texts = sa.table("core_translation", *(sa.column(name) for name in (*KEY, "text", "search_key")))
    connection = op.get_bind()
    for row in connection.execute(sa.select(*(texts.c[name] for name in (*KEY, "text")))).mappings().all():
        mine = [texts.c[name] == row[name] for name in KEY]
        connection.execute(sa.update(texts).where(*mine).values(search_key=search_key(row["text"])[:LONGEST]))


def downgrade() -> None:
    """Forget them."""
    with op.batch_alter_table("core_translation") as batch_op:
        batch_op.drop_column("search_key")
