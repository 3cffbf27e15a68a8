"""Drop the table of forms that came after the session had ended: the browser alone keeps them."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the table with the forms of the last hour; the record of its daily purge stays with the others."""
    op.drop_table("core_unsent_form")


def downgrade() -> None:
    """Create the table of 0010, empty."""
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
