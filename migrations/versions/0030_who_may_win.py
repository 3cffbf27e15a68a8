"""the people who may win: confirmed by the declared means, or on the roster; when a winner came into line."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

PARTICIPANT = ("confirmed_at", "name_hash", "bare_name_hash")


def upgrade() -> None:
    op.add_column("quiz_participant", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("quiz_participant", sa.Column("name_hash", sa.LargeBinary(length=32), nullable=True))
    op.add_column("quiz_participant", sa.Column("bare_name_hash", sa.LargeBinary(length=32), nullable=True))
    op.add_column("quiz_winner", sa.Column("seated_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("quiz_winner", "seated_at")
    for name in PARTICIPANT:
        op.drop_column("quiz_participant", name)
