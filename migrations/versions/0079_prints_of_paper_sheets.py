"""Prints of paper sheets, by which they are decoded."""

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0075"
branch_labels = None
depends_on = None

NAME, SHEET = "quiz_paper_print", "quiz_paper_sheet"


def upgrade() -> None:
    """Sheets printed before this have no print; the page that keys them in says so."""
    op.create_table(
        NAME,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["quiz_round.id"], name=op.f(f"fk_{NAME}_round_id_quiz_round")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{NAME}")),
        sa.UniqueConstraint("round_id", "digest", name=op.f(f"uq_{NAME}_round_id_digest")),
    )
    with op.batch_alter_table(SHEET) as table:
        table.add_column(sa.Column("print_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f(f"fk_{SHEET}_print_id_{NAME}"), NAME, ["print_id"], ["id"])
        table.create_index(op.f(f"ix_{SHEET}_print_id"), ["print_id"])


def downgrade() -> None:
    """Sheets are decoded by the present questions again."""
    with op.batch_alter_table(SHEET) as table:
        table.drop_index(op.f(f"ix_{SHEET}_print_id"))
        table.drop_constraint(op.f(f"fk_{SHEET}_print_id_{NAME}"), type_="foreignkey")
        table.drop_column("print_id")
    op.drop_table(NAME)
