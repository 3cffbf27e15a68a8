"""Count a submitted paper: the entry of its participant, and the tally."""

import uuid
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, select, update
from sqlalchemy.orm import Session

from core.upsert import insert_new, upsert_add
from quiz.attempt.models import AnswerSheet, Attempt, Entry, Tally
from quiz.attempt.queries.attempt import Submittable
from quiz.attempt.queries.turns import list_submitted, list_turns
from quiz.attempt.rules.counting import SubmittedAttempt, count_person, growth
from quiz.contest.models import Participant, Round

COLUMNS = ("turns", "people", "perfect")
"""The columns of the tally, in the order of the amounts of `rules.counting`."""


def add_to_count(session: Session, attempt: Submittable, value: SubmittedAttempt, *, size: int) -> None:
    """Count the person anew with the submitted *attempt*, whose *value* it is, and add the difference to the tally.

    *size* is the number of questions. The entry is locked until the commit, so that two papers of a person are counted
    one after the other.
    """
    rules, key = attempt.declared, {"round_id": attempt.round_id, "participant_id": attempt.participant_id}
    stored = _lock_entry(session, attempt, key | {"attempt_id": attempt.id, "guess": value.entry.guess})
    earlier = list_submitted(session, attempt) if stored else []
    before = count_person(earlier, rules, size) if earlier else None
    after = count_person([*earlier, value], rules, size)
    chosen = uuid.UUID(after.entry.ref), after.guess
    if stored and tuple(stored) != chosen:
        session.connection().execute(_CHANGE_ENTRY, _named(key) | {"counted": chosen[0], "binding": chosen[1]})
    for day, amounts in growth(before, after).items():
        cell = {"round_id": attempt.round_id, "unit_id": attempt.unit_id, "day": day, "bloc": attempt.bloc or 0}
        upsert_add(session, Tally, cell, dict(zip(COLUMNS, amounts, strict=True)))


def move_turns(session: Session, round: Round, participant: Participant, *, old: int, new: int) -> None:
    """Move what *participant* counts in the tally of *round* from the unit *old* to *new*, in their bloc.

    The round is locked, so that no paper of theirs is being stored. Somebody without papers counts nothing.
    """
    turns = list_turns(session, round.id, participant.id)
    if not turns:
        return
    mine = select(Entry.round_id).where(Entry.round_id == round.id, Entry.participant_id == participant.id)
    is_entered = session.scalar(mine) is not None
    for day, amounts in count_person(turns, round.declared, round.asked).days.items():
        counted = amounts if is_entered else (amounts[0], 0, 0)
        for unit_id, sign in ((old, -1), (new, 1)):
            cell = {"round_id": round.id, "unit_id": unit_id, "day": day, "bloc": participant.bloc or 0}
            upsert_add(session, Tally, cell, {name: sign * n for name, n in zip(COLUMNS, counted, strict=True)})
    is_empty = (Tally.unit_id == old, Tally.turns == 0)
    session.execute(delete(Tally).where(Tally.round_id == round.id, *is_empty))


def take_back(session: Session, round: Round, participant: Participant, attempt_id: uuid.UUID) -> None:
    """Delete the only attempt of *participant* in a *round* that is locked, with their entry and what it counted."""
    turns = list_turns(session, round.id, participant.id)
    for day, amounts in growth(count_person(turns, round.declared, round.asked), None).items():
        cell = {"round_id": round.id, "unit_id": participant.unit_id, "day": day, "bloc": participant.bloc or 0}
        upsert_add(session, Tally, cell, dict(zip(COLUMNS, amounts, strict=True)))
    session.execute(delete(Entry).where(Entry.round_id == round.id, Entry.participant_id == participant.id))
    session.execute(delete(AnswerSheet).where(AnswerSheet.attempt_id == attempt_id))
    session.execute(delete(Attempt).where(Attempt.id == attempt_id))
    session.execute(delete(Tally).where(Tally.round_id == round.id, Tally.turns == 0))


def _lock_entry(session: Session, attempt: Submittable, row: dict[str, Any]) -> Any:
    """Return the (attempt, guess) of the person's entry, locked until the commit; None when *row* was inserted as the
    entry.
    """
    if attempt.ordinal == 1 and insert_new(session, Entry, row):
        return None
    while True:
        stored = session.connection().execute(_ENTRY, _named(row)).one_or_none()
        if stored or insert_new(session, Entry, row):
            return stored


def _named(key: Mapping[str, Any]) -> dict[str, Any]:
    return {"round": key["round_id"], "participant": key["participant_id"]}


_MINE = (Entry.round_id == bindparam("round"), Entry.participant_id == bindparam("participant"))
_ENTRY = select(Entry.attempt_id, Entry.guess).where(*_MINE).with_for_update()
_CHANGE_ENTRY = (
    update(cast(Table, Entry.__table__))
    .where(*_MINE)
    .values(attempt_id=bindparam("counted"), guess=bindparam("binding"))
)
