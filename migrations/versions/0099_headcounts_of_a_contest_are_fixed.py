"""The headcounts of a contest are copied at its first registration, and amended in the open afterwards."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0099"
down_revision = "0096"
branch_labels = None
depends_on = None

CONTESTS = sa.text(
    "SELECT contest.id AS id, max(week.closes_at) AS closes_at FROM quiz_contest AS contest"
    " JOIN quiz_round AS week ON week.contest_id = contest.id WHERE week.number > 0 AND EXISTS (SELECT 1 FROM"
    " quiz_participant AS person WHERE person.contest_id = contest.id AND NOT person.is_rehearsal) GROUP BY contest.id"
).columns(id=sa.Integer(), closes_at=sa.DateTime(timezone=True))
COPY = sa.text(
    "INSERT INTO quiz_contest_headcount (contest_id, unit_id, from_round, people, as_of, source)"
    " SELECT :contest, head.unit_id, 1, head.people, head.as_of, head.source FROM commune_headcount AS head"
    " WHERE head.unit_id IN (SELECT unit_id FROM quiz_contest_unit WHERE contest_id = :contest UNION"
    " SELECT unit.parent_id FROM commune_unit AS unit JOIN quiz_contest_unit AS mine ON mine.unit_id = unit.id"
    " WHERE mine.contest_id = :contest AND unit.parent_id IS NOT NULL)"
    " AND head.as_of = (SELECT max(last.as_of) FROM commune_headcount AS last"
    " WHERE last.unit_id = head.unit_id AND last.as_of <= :day)"
).bindparams(sa.bindparam("contest", type_=sa.Integer()), sa.bindparam("day", type_=sa.Date()))
FIX = sa.text("UPDATE quiz_contest SET headcounts_fixed_at = :now WHERE id = :contest").bindparams(
    sa.bindparam("now", type_=sa.DateTime(timezone=True))
)


def upgrade() -> None:
    """Contests with registrations keep the headcounts that they have used until today."""
    op.create_table(
        "quiz_contest_headcount",
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("from_round", sa.SmallInteger(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.CheckConstraint("people > 0", name=op.f("ck_quiz_contest_headcount_people_there")),
        sa.ForeignKeyConstraint(
            ["contest_id"], ["quiz_contest.id"], name=op.f("fk_quiz_contest_headcount_contest_id_quiz_contest")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["commune_unit.id"], name=op.f("fk_quiz_contest_headcount_unit_id_commune_unit")
        ),
        sa.PrimaryKeyConstraint("contest_id", "unit_id", "from_round", name=op.f("pk_quiz_contest_headcount")),
    )
    op.create_index(op.f("ix_quiz_contest_headcount_unit_id"), "quiz_contest_headcount", ["unit_id"])
    op.add_column("quiz_contest", sa.Column("headcounts_fixed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("quiz_rules_amendment", sa.Column("headcounts", sa.JSON(none_as_null=True), nullable=True))
    connection, now = op.get_bind(), datetime.now(UTC)
    for contest, closes_at in connection.execute(CONTESTS).all():
        connection.execute(COPY, {"contest": contest, "day": min(closes_at.date(), now.date())})
        connection.execute(FIX, {"contest": contest, "now": now})


def downgrade() -> None:
    """The newest headcounts are used again; that others were amended is forgotten."""
    op.execute("DELETE FROM quiz_rules_amendment WHERE headcounts IS NOT NULL")
    op.drop_column("quiz_rules_amendment", "headcounts")
    op.drop_column("quiz_contest", "headcounts_fixed_at")
    op.drop_table("quiz_contest_headcount")
