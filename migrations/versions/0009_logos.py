"""Logos of units."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "commune_logo",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("large", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(length=40), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_commune_logo_digest_whole")),
        sa.ForeignKeyConstraint(["unit_id"], ["commune_unit.id"], name=op.f("fk_commune_logo_unit_id_commune_unit")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_commune_logo")),
    )
    op.create_index(op.f("ix_commune_logo_digest"), "commune_logo", ["digest"])


def downgrade() -> None:
    op.drop_table("commune_logo")
