"""Forms submitted after the session expired, kept for an hour."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create a table whose rows live for an hour."""
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
    """Drop the kept forms."""
    op.drop_table("core_unsent_form")
