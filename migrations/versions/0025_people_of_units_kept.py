"""The number of different people of each unit in a contest, stored at each close."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Count them for every contest with a closed round; for others they are counted at the next close."""
    op.create_table(
        "quiz_unit_people",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_unit_people_contest_id_quiz_contest")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["commune_unit.id"], name=op.f("fk_quiz_unit_people_unit_id_commune_unit")
        ),
        sa.PrimaryKeyConstraint("contest_id", "unit_id", name=op.f("pk_quiz_unit_people")),
    )
    op.execute(
        "INSERT INTO quiz_unit_people (contest_id, unit_id, people) "
        "SELECT r.contest_id, p.unit_id, count(DISTINCT p.id) FROM quiz_round r "
        "JOIN quiz_entry e ON e.round_id = r.id JOIN quiz_participant p ON p.id = e.participant_id "
        "WHERE r.contest_id IN (SELECT contest_id FROM quiz_round WHERE closed_at IS NOT NULL) "
        "GROUP BY r.contest_id, p.unit_id"
    )


def downgrade() -> None:
    op.drop_table("quiz_unit_people")
