"""forms that came when the session was over are kept by the browser alone: their table goes."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was kept for an hour goes with it; the record of its daily purge stays with the others."""
    op.drop_table("core_unsent_form")


def downgrade() -> None:
    """The table as 0010 made it, empty."""
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
