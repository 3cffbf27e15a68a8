"""Paper sheets that are printed for a participant, ask one, or were set aside."""

import sqlalchemy as sa
from alembic import op

revision = "0097"
down_revision = "0099"
branch_labels = None
depends_on = None

SHEET, PARTICIPANT = "quiz_paper_sheet", "quiz_participant"
KEPT = "ck_quiz_paper_sheet_kept_until_both_have_keyed"
SETTLED = "ck_quiz_paper_sheet_kept_until_settled"


def upgrade() -> None:
    """Sheets printed before were for anybody; what was counted stays so."""
    with op.batch_alter_table(SHEET) as table:
        table.add_column(sa.Column("printed_for_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("asked_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("set_aside", sa.String(length=12), nullable=True))
        for name in ("printed_for_id", "asked_id"):
            table.create_foreign_key(op.f(f"fk_{SHEET}_{name}_{PARTICIPANT}"), PARTICIPANT, [name], ["id"])
        table.create_index(op.f(f"ix_{SHEET}_asked_id"), ["asked_id"])
        table.create_unique_constraint(op.f(f"uq_{SHEET}_printed_for_id_print_id"), ["printed_for_id", "print_id"])
        table.drop_constraint(op.f(KEPT), type_="check")
        table.create_check_constraint(op.f(SETTLED), "second_by_id IS NULL OR sealed IS NULL OR asked_id IS NOT NULL")
        table.create_check_constraint(op.f(f"ck_{SHEET}_asked_since"), "(asked_id IS NULL) = (asked_at IS NULL)")
        table.create_check_constraint(
            op.f(f"ck_{SHEET}_set_aside_known"), "set_aside IN ('no-tries', 'not-mine', 'unconfirmed')"
        )


def downgrade() -> None:
    """Sheets that still ask lose what was keyed in: without an answer they count for no person."""
    sheets = sa.table(SHEET, sa.column("second_by_id", sa.Integer()), sa.column("sealed", sa.LargeBinary()))
    op.execute(sheets.update().where(sheets.c.second_by_id.is_not(None)).values(sealed=None))
    with op.batch_alter_table(SHEET) as table:
        for name in ("set_aside_known", "asked_since"):
            table.drop_constraint(op.f(f"ck_{SHEET}_{name}"), type_="check")
        table.drop_constraint(op.f(SETTLED), type_="check")
        table.create_check_constraint(op.f(KEPT), "second_by_id IS NULL OR sealed IS NULL")
        table.drop_constraint(op.f(f"uq_{SHEET}_printed_for_id_print_id"), type_="unique")
        table.drop_index(op.f(f"ix_{SHEET}_asked_id"))
        for name in ("printed_for_id", "asked_id"):
            table.drop_constraint(op.f(f"fk_{SHEET}_{name}_{PARTICIPANT}"), type_="foreignkey")
        for name in ("set_aside", "asked_at", "asked_id", "printed_for_id"):
            table.drop_column(name)
