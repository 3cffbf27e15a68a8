"""forms that came when the session was over: kept for an hour, to be shown again."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of its own: nothing in it outlives a day."""
    op.create_table(
        "core_unsent_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_unsent_form")),
    )
    op.create_index(op.f("ix_core_unsent_form_owner"), "core_unsent_form", ["owner"])
    op.create_index(op.f("ix_core_unsent_form_until"), "core_unsent_form", ["until"])


def downgrade() -> None:
    """What was kept is typed again."""
    op.drop_table("core_unsent_form")
