"""Write a planned sheet: people, turns, entries and tally in one transaction, many rows in one statement."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from account.rules.chain import Plain
from commune.operations.spellings import remember_spellings
from core.crypto import Keyring
from core.importing.errors import ImportBusy, ImportRefused
from core.sheets.memory import remember_lines
from core.upsert import upsert_add
from quiz.attempt.models import Tally
from quiz.attempt.operations.counting import COLUMNS
from quiz.attempt.operations.importing.context import RoundClosed, RoundContext, TakesNoPapers, context_of
from quiz.attempt.operations.importing.plan import EntryPlan, Newcomer, make_plan
from quiz.attempt.operations.importing.rows import Cells, Rows, salts_of
from quiz.attempt.queries.origin import takes_online
from quiz.attempt.rules.sheet_turns import SheetTurns
from quiz.contest.models import Contest, Round
from quiz.contest.models.contest import is_changeable
from quiz.contest.operations.audit_subjects import of_round, of_sheet
from quiz.contest.operations.headcounts import fix_headcounts
from quiz.contest.rules.actions import QuizAction

AT_ONCE = 500
"""The number of people built and written together, so that memory does not grow with the sheet."""
_PASSES = 10


class Refused(ImportRefused):
    """Nothing was written; carries the plan with the reasons."""

    def __init__(self, plan: EntryPlan) -> None:
        super().__init__(type(self).__name__)
        self.plan = plan


class Undecided(Refused):
    """Some spellings name no unit for certain; a person has to decide."""


class HasErrors(Refused):
    """Some rows have errors and are not to be left out."""


class TooBusy(ImportBusy):
    """Others kept registering and submitting for the same people; the import can be tried again."""


OnProgress = Callable[[int], None]


def import_entries(
    session: Session,
    keyring: Keyring,
    actor: Actor,
    round: Round,
    sheet: SheetTurns,
    *,
    decisions: Mapping[str, int],
    skip_errors: bool,
    now: datetime,
    on_progress: OnProgress | None = None,
    approval: Approval | None = None,
) -> EntryPlan:
    """Import *sheet* into *round* and record it; return the plan that was done. Raises as `store_entries` does.

    *approval* is the second person's, None where one person decides alone; that is stored where papers come from the
    site too (decision 0039), and nothing is where all come by sheet.
    """
    plan = store_entries(
        session, keyring, round, sheet, decisions=decisions, skip_errors=skip_errors, now=now, on_progress=on_progress
    )
    agreed: dict[str, Plain] = {}
    if approval is None and plan.new and takes_online(session, round, now):
        about = of_sheet(round, uuid.uuid4(), plan.new)
        approval = approve_alone(session, actor, QuizAction.ENTRY_IMPORT, about, reason="", now=now)
    if approval is not None:
        agreed = agreement(approval)
    after = {"new": plan.new, "known": plan.known, "left_out": len(plan.errors) + len(sheet.errors), **agreed}
    record(session, actor, QuizAction.ENTRY_IMPORT, of_round(round), after=after, now=now)
    return plan


def store_entries(
    session: Session,
    keyring: Keyring,
    round: Round,
    sheet: SheetTurns,
    *,
    decisions: Mapping[str, int],
    skip_errors: bool,
    now: datetime,
    on_progress: OnProgress | None = None,
) -> EntryPlan:
    """Store the papers of *sheet* as if each had been submitted at its time; return the plan that was done.

    Sheets of a contest are imported one after the other; people can go on registering and submitting, and the close
    waits. A person who registers or begins at the same time is planned again afterwards. *on_progress* is called with
    the
    number of turns written.

    Raises:
        TakesNoPapers, RoundClosed, NotOpenYet, NoQuestions: nothing can be imported.
        Undecided, HasErrors: the plan shows what must be decided or left out.
        TooBusy: a person was planned again too often.
    """
    ids = round.id, round.contest_id  # read here: after the first statement SQLite may be locked
    with session.begin_nested():
        _take_turn(session, *ids)
        session.refresh(round)
        context = context_of(session, keyring, round, now=now, is_held=True)
        fix_headcounts(session, round.contest, now=now)
        writing = Writing(context, on_progress)
        for _ in range(_PASSES):
            plan = make_plan(context, sheet, decisions)
            _refuse(plan, sheet, skip_errors=skip_errors)
            if writing.write(plan):
                writing.finish(decisions)
                return writing.done
        raise TooBusy


def _refuse(plan: EntryPlan, sheet: SheetTurns, *, skip_errors: bool) -> None:
    if plan.doubts:
        raise Undecided(plan)
    if (plan.errors or sheet.errors) and not skip_errors:
        raise HasErrors(plan)


def _take_turn(session: Session, round_id: int, contest_id: int) -> None:
    """Wait for other imports of the contest, and keep the round from closing.

    The first statement writes, so that on SQLite all later statements read data that no other transaction can change.
    """
    same = update(Contest).where(Contest.id == contest_id).values(people_per_phone=Contest.people_per_phone)
    goes_on = same.where(Contest.is_draft.is_(False), Contest.called_off_at.is_(None)).returning(Contest.id)
    if session.execute(goes_on.execution_options(synchronize_session=False)).first() is None:
        raise TakesNoPapers
    is_open = select(Round.id).where(Round.id == round_id, is_changeable())
    if session.scalar(is_open.with_for_update(read=True)) is None:
        raise RoundClosed


@dataclass
class Writing:
    """The work of one import, pass by pass."""

    context: RoundContext
    on_progress: OnProgress | None
    done: EntryPlan = field(default_factory=EntryPlan)
    cells: Cells = field(default_factory=Cells)
    words: dict[str, bytes] = field(default_factory=dict)
    passes: int = 0

    def write(self, plan: EntryPlan) -> bool:
        """Write *plan*, some hundred people together; return False if another registered in between and must be planned
        again.
        """
        written, people = list[Newcomer](), iter(plan.people)
        while batch := list(islice(people, AT_ONCE)):
            written += batch if self._write(plan, batch) else [each for each in batch if self._write(plan, [each])]
            if self.on_progress:
                self.on_progress(self.done.new + sum(len(person.turns) for person in written))
        known = self.done.known if self.passes else plan.known
        issues = [*plan.errors, *(self.done.warnings or plan.warnings)]
        self.done = replace(plan, people=self.done.people + written, known=known, issues=issues)
        self.passes += 1
        return len(written) == len(plan.people)

    def _write(self, plan: EntryPlan, people: Sequence[Newcomer]) -> bool:
        session = self.context.session
        rows = Rows(self.context, Cells(), self.words, salts_of(self.context, people))
        for person in people:
            rows.add(person)
        try:
            with session.begin_nested():
                rows.store()
                remember_lines(session, [plan.lines[turn.number] for person in people for turn in person.turns])
        except IntegrityError:
            return False
        self.cells.update(rows.cells)
        return True

    def finish(self, decisions: Mapping[str, int]) -> None:
        """Write the tally, one statement for each cell of it, always in the same order; and remember the
        decisions.
        """
        session, round_id = self.context.session, self.context.round.id
        for cell in sorted({cell[:3] for cell in self.cells}):
            by = {column: self.cells[*cell, column] for column in COLUMNS}
            if any(by.values()):
                key = dict(zip(("unit_id", "day", "bloc"), cell, strict=True))
                upsert_add(session, Tally, {"round_id": round_id, **key}, by)
        remember_spellings(session, self.context.contest.unit_id, decisions, self.done.units)
