"""The people on a roster line that several fit are opened to be called; results ranked again once one is confirmed."""

from alembic import op

revision = "0049"
down_revision = "0041"
branch_labels = None
depends_on = None

CAUSES = ("close", "exclude", "restore", "remark")
PEOPLE = ("winners", "front")


def upgrade() -> None:
    """Allow the new group of people and the new cause."""
    _allow("quiz_contact_opening", "people", (*PEOPLE, "lines"))
    _allow("quiz_result", "cause", (*CAUSES, "line"))


def downgrade() -> None:
    """Forget such openings, whose day is over soon; such versions become ones of the close."""
    op.execute("DELETE FROM quiz_contact_opening WHERE people = 'lines'")
    op.execute("UPDATE quiz_result SET cause = 'close' WHERE cause = 'line'")
    _allow("quiz_contact_opening", "people", PEOPLE)
    _allow("quiz_result", "cause", CAUSES)


def _allow(table: str, column: str, values: tuple[str, ...]) -> None:
    name = op.f(f"ck_{table}_{column}_known")
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"{column} IN {values}")
