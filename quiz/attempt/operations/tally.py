"""The exact rebuild of a round's tally from its entries: at the close, and whenever somebody doubts."""

from collections import Counter
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.values.week import local_date
from quiz.attempt.models import Attempt, Entry, Tally
from quiz.contest.models import Participant, Round

Cells = dict[tuple[int, date], tuple[int, int, int]]


def rebuild_tally(session: Session, round: Round) -> list[str]:
    """Count the round anew and replace its tally; return each cell that differed, in words (normally none).

    A participant's person counts on the day of their first submitted attempt, a perfect entry on the day of the
    counted attempt's submission. Whoever was erased while the week was open has no entry: their turns alone count.
    """
    session.flush()
    counted = _count(session, round)
    rows = list(session.scalars(select(Tally).where(Tally.round_id == round.id)))
    stored: Cells = {(row.unit_id, row.day): (row.turns, row.people, row.perfect) for row in rows}
    differences = [
        f"unit {unit_id}, {day}: stored {stored.get((unit_id, day))}, counted {counted.get((unit_id, day))}"
        for unit_id, day in sorted(stored.keys() | counted.keys())
        if _differ(stored.get((unit_id, day)), counted.get((unit_id, day)))
    ]
    if differences or not rows:
        for row in rows:
            session.expunge(row)
        session.execute(delete(Tally).where(Tally.round_id == round.id))
        session.add_all(
            Tally(round_id=round.id, unit_id=unit_id, day=day, turns=turns, people=people, perfect=perfect)
            for (unit_id, day), (turns, people, perfect) in counted.items()
        )
        session.flush()
    return differences


def _differ(one: tuple[int, int, int] | None, other: tuple[int, int, int] | None) -> bool:
    return (one or (0, 0, 0)) != (other or (0, 0, 0))


def _count(session: Session, round: Round) -> Cells:
    attempts = session.execute(
        select(Attempt.id, Attempt.participant_id, Attempt.submitted_at, Attempt.correct, Participant.unit_id)
        .join(Participant, Participant.id == Attempt.participant_id)
        .where(Attempt.round_id == round.id, Attempt.submitted_at.is_not(None), Participant.is_rehearsal.is_(False))
        .order_by(Attempt.submitted_at)
    ).all()
    entries = select(Entry.participant_id, Entry.attempt_id).where(Entry.round_id == round.id)
    counting = {who: attempt_id for who, attempt_id in session.execute(entries)}  # noqa: C416 - typed rows
    size = len(round.questions)
    turns: Counter[tuple[int, date]] = Counter()
    people: Counter[tuple[int, date]] = Counter()
    perfect: Counter[tuple[int, date]] = Counter()
    seen = set()
    for id, participant_id, submitted_at, correct, unit_id in attempts:
        cell = (unit_id, local_date(submitted_at or round.opens_at))  # the query leaves out what was not submitted
        turns[cell] += 1
        people[cell] += participant_id in counting and participant_id not in seen
        seen.add(participant_id)
        perfect[cell] += counting.get(participant_id) == id and correct == size
    return {cell: (turns[cell], people[cell], perfect[cell]) for cell in turns}
