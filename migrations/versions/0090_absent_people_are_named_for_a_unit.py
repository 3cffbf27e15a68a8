"""Openings of the people of a unit who have not taken part."""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0081"
branch_labels = None
depends_on = None

PEOPLE = ("winners", "front", "lines")
UNIT = "fk_quiz_contact_opening_unit_id_commune_unit"
ABSENT = "ck_quiz_contact_opening_absent_ones_are_of_a_unit"


def upgrade() -> None:
    """There are none yet."""
    with op.batch_alter_table("quiz_contact_opening") as table:
        table.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f(UNIT), "commune_unit", ["unit_id"], ["id"])
        _allow(table, (*PEOPLE, "absent"))
        table.create_check_constraint(op.f(ABSENT), "(people = 'absent') = (unit_id IS NOT NULL)")


def downgrade() -> None:
    """Close those openings."""
    op.execute("DELETE FROM quiz_contact_opening WHERE people = 'absent'")
    with op.batch_alter_table("quiz_contact_opening") as table:
        table.drop_constraint(op.f(ABSENT), type_="check")
        _allow(table, PEOPLE)
        table.drop_constraint(op.f(UNIT), type_="foreignkey")
        table.drop_column("unit_id")


def _allow(table: object, values: tuple[str, ...]) -> None:
    name = op.f("ck_quiz_contact_opening_people_known")
    table.drop_constraint(name, type_="check")  # type: ignore[attr-defined]
    table.create_check_constraint(name, f"people IN {values}")  # type: ignore[attr-defined]
