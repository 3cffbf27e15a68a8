"""Texts of names, titles and questions in further languages."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, empty: content is Vietnamese until somebody writes it in another language."""
    op.create_table(
        "core_translation",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("owner_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "owner_id", "field", "language", name=op.f("pk_core_translation")),
    )


def downgrade() -> None:
    """Drop the texts; the Vietnamese stays where it is."""
    op.drop_table("core_translation")
