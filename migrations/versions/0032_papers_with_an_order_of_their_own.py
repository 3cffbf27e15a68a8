"""Papers with an order of their own: the salt of a round's secret, and what draws and arranges its questions."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; rounds from before get a salt, and keep the fixed order that their rules declare."""
    op.add_column("quiz_round", sa.Column("order_salt", sa.LargeBinary(length=32), nullable=True))
    op.add_column("quiz_round_question", sa.Column("topic", sa.String(length=80), server_default="", nullable=False))
    op.add_column(
        "quiz_round_question",
        sa.Column("keeps_choices", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("quiz_participant", sa.Column("code_renewed_at", sa.DateTime(timezone=True), nullable=True))
    rounds = sa.table("quiz_round", sa.column("id", sa.Integer()), sa.column("order_salt", sa.LargeBinary()))
    connection = op.get_bind()
    for id in connection.scalars(sa.select(rounds.c.id)).all():
        salt = secrets.token_bytes(32)
        connection.execute(rounds.update().where(rounds.c.id == id).values(order_salt=salt))


def downgrade() -> None:
    """Drop the columns; stored rules go back to the version that every earlier program reads, with a fixed order."""
    for name in ("quiz_contest", "quiz_round"):
        _forget_order(op.get_bind(), name)
    op.drop_column("quiz_participant", "code_renewed_at")
    op.drop_column("quiz_round_question", "keeps_choices")
    op.drop_column("quiz_round_question", "topic")
    op.drop_column("quiz_round", "order_salt")


def _forget_order(connection: sa.Connection, name: str) -> None:
    table = sa.table(name, sa.column("id", sa.Integer()), sa.column("rules", sa.JSON()))
    for id, rules in connection.execute(sa.select(table.c.id, table.c.rules)).all():
        earlier = {key: value for key, value in rules.items() if key not in ("shuffles", "shown")}
        connection.execute(table.update().where(table.c.id == id).values(rules=earlier | {"version": 1}))
