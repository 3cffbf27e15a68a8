"""Writing a planned sheet: people, turns, entries and tally in one transaction, many rows a statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import islice

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from commune.models import Spelling
from core.crypto import Keyring
from core.sheets.memory import remember_lines
from core.tally import add
from quiz.models import Contest, Round, Tally
from quiz.operations.importing.ground import Ground, RoundClosed, ground_of
from quiz.operations.importing.plan import Plan, make_plan
from quiz.operations.importing.rows import COLUMNS, Cells, Rows, salts_of
from quiz.rules.sheet_turns import Sheet
from quiz.rules.unit_match import spelling_key

AT_ONCE = 500
"""People that are built and written together: memory does not grow with the sheet."""
_TRIES = 5


class Refused(Exception):
    """Nothing was written; carries the plan that says why."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(type(self).__name__)
        self.plan = plan


class Undecided(Refused):
    """Some spellings name no unit for certain: a person has to say."""


class HasErrors(Refused):
    """Some rows can't come in, and nobody said that they may be left out."""


class TooBusy(Exception):
    """Others kept registering and handing in the very same: to be tried again."""


Tell = Callable[[int], None]


def import_entries(
    session: Session,
    keyring: Keyring,
    round: Round,
    sheet: Sheet,
    *,
    decisions: Mapping[str, int],
    skip_errors: bool,
    now: datetime,
    tell: Tell | None = None,
) -> Plan:
    """Bring *sheet* into *round* as if every paper had been handed in at its moment; returns what was done.

    Sheets come into a contest one after the other; papers handed in meanwhile go on, and the closing waits. Whoever
    registers or begins the very same at the same moment makes it plan anew. *tell* hears how many turns are written.

    Raises:
        RoundClosed, NotOpenYet, NoQuestions: nothing can be brought in.
        Undecided, HasErrors: the plan says what is to be decided or left out.
        TooBusy: it was planned anew too often.
    """
    _take_turn(session, round)
    for _ in range(_TRIES):
        ground = ground_of(session, keyring, round, now=now, is_held=True)
        plan = make_plan(ground, sheet, decisions)
        if plan.doubts:
            raise Undecided(plan)
        if (plan.faults or sheet.errors) and not skip_errors:
            raise HasErrors(plan)
        try:
            with session.begin_nested():
                _write(ground, plan, decisions, tell)
        except IntegrityError:
            continue
        return plan
    raise TooBusy


def _take_turn(session: Session, round: Round) -> None:
    """Wait for other sheets of the contest, and hold the round's close off.

    The first statement writes, so that on SQLite everything that follows reads what nobody changes any more.
    """
    same = {"people_per_phone": Contest.people_per_phone}
    session.execute(
        update(Contest).where(Contest.id == round.contest_id).values(same).execution_options(synchronize_session=False)
    )
    is_open = select(Round.id).where(Round.id == round.id, Round.closed_at.is_(None))
    held = session.scalar(is_open.with_for_update(read=True))
    session.refresh(round)
    if held is None:
        raise RoundClosed


def _write(ground: Ground, plan: Plan, decisions: Mapping[str, int], tell: Tell | None) -> None:
    people, cells, words, done = iter(plan.people), Cells(), dict[str, bytes](), 0
    while batch := list(islice(people, AT_ONCE)):
        rows = Rows(ground, cells, words, salts_of(ground, batch))
        for person in batch:
            rows.add(person)
        rows.store()
        turns = [turn for person in batch for turn in person.turns]
        remember_lines(ground.session, [plan.lines[turn.number] for turn in turns])
        done += len(turns)
        if tell:
            tell(done)
    _add_to_tally(ground, cells)
    _remember_spellings(ground, plan, decisions)


def _add_to_tally(ground: Ground, cells: Cells) -> None:
    """One statement a unit and day, always in the same order: two that add to the same cells wait for each other."""
    for unit_id, day in sorted({(unit_id, day) for unit_id, day, _ in cells}):
        by = {column: cells[unit_id, day, column] for column in COLUMNS}
        if any(by.values()):
            add(ground.session, Tally, {"round_id": ground.round.id, "unit_id": unit_id, "day": day}, by)


def _remember_spellings(ground: Ground, plan: Plan, decisions: Mapping[str, int]) -> None:
    """What was decided of the spellings in this sheet, for the next one of the same office."""
    used = {spelling_key(spelled): unit_id for spelled, unit_id in plan.units.items()} if decisions else {}
    for key, unit_id in decisions.items():
        if used.get(key) == unit_id:
            ground.session.merge(Spelling(owner_id=ground.contest.unit_id, spelling=key, unit_id=unit_id))
    ground.session.flush()
