"""How the people of a closed round answered; the different people of a contest without the last closed round."""

import json
from collections import Counter, defaultdict
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0049"
branch_labels = None
depends_on = None

TIMED = ("self", "sheet", "undated")
ROUND = sa.table("quiz_round", *map(sa.column, ("id", "contest_id", "number", "closed_at")))
ENTRY = sa.table("quiz_entry", *map(sa.column, ("round_id", "participant_id", "attempt_id", "guess")))
PARTICIPANT = sa.table("quiz_participant", *map(sa.column, ("id", "unit_id")))
ATTEMPT = sa.table("quiz_attempt", *map(sa.column, ("id", "mode", "correct", "duration_ms")))
SHEET = sa.table("quiz_answer_sheet", *map(sa.column, ("attempt_id", "answers")))
PEOPLE = sa.table("quiz_unit_people", *map(sa.column, ("contest_id", "unit_id", "before")))


def upgrade() -> None:
    """Count both from the entries of the closed rounds."""
    answers = op.create_table(
        "quiz_round_answers",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("guesses", sa.JSON(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("typical_ms", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["quiz_round.id"], name=op.f("fk_quiz_round_answers_round_id_quiz_round")
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_quiz_round_answers")),
    )
    with op.batch_alter_table("quiz_unit_people") as batch_op:
        batch_op.add_column(sa.Column("before", sa.Integer(), nullable=True))
    closed = sa.select(ROUND.c.id).where(ROUND.c.closed_at.is_not(None))
    for round_id in op.get_bind().scalars(closed).all():
        op.bulk_insert(answers, [_answers(round_id)])
    _count_before()


def downgrade() -> None:
    """Forget both, which are counted from the entries again."""
    with op.batch_alter_table("quiz_unit_people") as batch_op:
        batch_op.drop_column("before")
    op.drop_table("quiz_round_answers")


def _answers(round_id: int) -> dict[str, Any]:
    bind, mine = op.get_bind(), ENTRY.c.round_id == round_id
    joined = ENTRY.join(ATTEMPT, ATTEMPT.c.id == ENTRY.c.attempt_id)
    letters, people = defaultdict[str, Counter[str]](Counter), 0
    sheets = sa.select(SHEET.c.answers, sa.func.count()).select_from(
        ENTRY.join(SHEET, SHEET.c.attempt_id == ENTRY.c.attempt_id)
    )
    for text, count in bind.execute(sheets.where(mine).group_by(SHEET.c.answers)):
        chosen = {question: "".join(sorted(found)) for question, found in json.loads(text).items() if found}
        people += count if chosen else 0
        for question, found in chosen.items():
            letters[question][found] += count
    guesses = sa.select(ENTRY.c.guess, sa.func.count()).where(mine, ENTRY.c.guess.is_not(None)).group_by(ENTRY.c.guess)
    marks = sa.select(ATTEMPT.c.correct, sa.func.count()).select_from(joined).where(mine).group_by(ATTEMPT.c.correct)
    timed = sa.select(ATTEMPT.c.duration_ms).select_from(joined)
    timed = timed.where(mine, ATTEMPT.c.mode.in_(TIMED), ATTEMPT.c.duration_ms.is_not(None))
    times = sorted(bind.scalars(timed))
    return {
        "round_id": round_id,
        "people": people,
        "answers": {question: dict(found) for question, found in letters.items()},
        "guesses": {str(guess): count for guess, count in bind.execute(guesses)},
        "marks": {str(right): count for right, count in bind.execute(marks)},
        "typical_ms": times[(len(times) - 1) // 2] if times else None,
    }


def _count_before() -> None:
    """Count the people of each unit in the closed rounds of a contest before the last one."""
    bind = op.get_bind()
    is_closed = ROUND.c.closed_at.is_not(None)
    last = sa.select(ROUND.c.contest_id, sa.func.max(ROUND.c.number).label("number")).where(is_closed)
    ends = last.group_by(ROUND.c.contest_id).subquery()
    earlier = ENTRY.join(ROUND, ROUND.c.id == ENTRY.c.round_id).join(ends, ends.c.contest_id == ROUND.c.contest_id)
    counted = sa.select(ROUND.c.contest_id, PARTICIPANT.c.unit_id, sa.func.count(PARTICIPANT.c.id.distinct()))
    counted = counted.select_from(earlier.join(PARTICIPANT, PARTICIPANT.c.id == ENTRY.c.participant_id))
    counted = counted.where(is_closed, ROUND.c.number < ends.c.number)
    rows = bind.execute(counted.group_by(ROUND.c.contest_id, PARTICIPANT.c.unit_id)).all()
    bind.execute(sa.update(PEOPLE).values(before=0))
    for contest_id, unit_id, people in rows:
        own = (PEOPLE.c.contest_id == contest_id, PEOPLE.c.unit_id == unit_id)
        bind.execute(sa.update(PEOPLE).where(*own).values(before=people))
