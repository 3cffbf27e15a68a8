"""Person requests that were entered by mistake and set aside."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

OLD_OUTCOMES = ("done", "nothing")
OUTCOMES = (*OLD_OUTCOMES, "mistaken")
OLD_DEEDS = (
    "received", "identified", "acknowledged", "exported", "corrected", "withdrawn", "restricted", "lifted", "erased",
    "answered", "agreed",
)  # fmt: skip
DEEDS = (*OLD_DEEDS, "mistaken")


def upgrade() -> None:
    """Mark no existing request as a mistake."""
    _check("quiz_person_request", "outcome", OUTCOMES)
    _check("quiz_request_step", "deed", DEEDS)


def downgrade() -> None:
    """Turn requests set aside into answered ones without a person."""
    op.execute("UPDATE quiz_person_request SET outcome = 'nothing' WHERE outcome = 'mistaken'")
    op.execute("UPDATE quiz_request_step SET deed = 'answered' WHERE deed = 'mistaken'")
    _check("quiz_person_request", "outcome", OLD_OUTCOMES)
    _check("quiz_request_step", "deed", OLD_DEEDS)


def _check(table: str, column: str, values: tuple[str, ...]) -> None:
    kept = {"table_kwargs": {"sqlite_autoincrement": True}} if table == "quiz_request_step" else {}
    with op.batch_alter_table(table, **kept) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_{column}_known"), type_="check")
        batch_op.create_check_constraint(f"{column}_known", f"{column} IN {values}")
