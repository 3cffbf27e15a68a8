"""Plan the import of a sheet of papers against the stored data of the contest; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from commune.queries.spellings import Doubtful, list_remembered, match_units
from commune.rules.unit_match import NO_UNIT
from core.crypto import Keyring
from core.sheets.memory import known_lines, line_hashes
from quiz.attempt.operations.importing.context import RoundContext, context_of
from quiz.attempt.queries import sheet_turns as stored
from quiz.attempt.rules.sheet_paper import Person
from quiz.attempt.rules.sheet_turns import (
    IssueKind,
    SheetTurns,
    Turn,
    TurnIssue,
    free_slot,
    in_order,
    is_too_fast,
    lookalikes,
)
from quiz.contest.models import Round
from quiz.contest.operations.registration import Identity, identity_hash, phone_hash
from quiz.contest.queries import may_enter
from quiz.contest.rules.bloc_text import bloc_key

_LATEST = 1 << 62


@dataclass
class Newcomer:
    """A person of the sheet with the turns to import: already registered, or new with a place on their phone."""

    identity: Identity
    turns: list[Turn]
    unit_id: int
    registered: stored.Registered | None
    past: stored.Past | None
    slot: int | None = 1
    bloc: int | None = None


@dataclass
class EntryPlan:
    """The effect of an import. `issues` are errors, which keep their rows out, and warnings; `doubts` stop the import.

    `units` are the recognised spellings, as typed; `lines` are the hashes of imported rows that are remembered.
    """

    people: list[Newcomer] = field(default_factory=list)
    known: int = 0
    issues: list[TurnIssue] = field(default_factory=list)
    doubts: list[Doubtful] = field(default_factory=list)
    units: dict[str, int] = field(default_factory=dict)
    lines: dict[int, bytes] = field(default_factory=dict)

    @property
    def errors(self) -> list[TurnIssue]:
        """The issues that keep their rows out."""
        return [issue for issue in self.issues if issue.kind.is_error]

    @property
    def warnings(self) -> list[TurnIssue]:
        """The issues of rows that are imported."""
        return [issue for issue in self.issues if not issue.kind.is_error]

    @property
    def new(self) -> int:
        """The number of turns to import."""
        return sum(len(person.turns) for person in self.people)


def plan_entries(
    session: Session, keyring: Keyring, round: Round, sheet: SheetTurns, *, decisions: Mapping[str, int], now: datetime
) -> EntryPlan:
    """Return the effect of importing *sheet* into *round*; *decisions* give the unit of a spelling key.

    Raises:
        TakesNoPapers, RoundClosed, NotOpenYet, NoQuestions: nothing can be imported.
    """
    return make_plan(context_of(session, keyring, round, now=now), sheet, decisions)


def find_doubts(
    session: Session, keyring: Keyring, round: Round, sheet: SheetTurns, *, now: datetime
) -> list[Doubtful]:
    """Return the spellings in *sheet* that are doubtful without decisions, then those remembered from other sheets;
    raises
    CannotImport.
    """
    context = context_of(session, keyring, round, now=now)
    return match_units(session, may_enter(context.contest), _units(sheet), {})[1] + list_remembered(
        session, may_enter(context.contest), _units(sheet)
    )


def make_plan(context: RoundContext, sheet: SheetTurns, decisions: Mapping[str, int]) -> EntryPlan:
    """Return the plan in *context*; decisions for units that the contest doesn't have are ignored."""
    plan = EntryPlan()
    plan.units, plan.doubts = match_units(context.session, may_enter(context.contest), _units(sheet), decisions)
    turns = list(_with_known_units(plan, _in_time(context, plan, sheet.turns)))
    groups, earlier = _new_turns(context, plan, turns)
    hashes = {person: _hash(context, group[0]) for person, group in groups.items()}
    registered = stored.find_registered(context.session, context.contest, hashes.values())
    ids = [each.id for each in registered.values()]
    past = stored.find_past(context.session, context.round.id, ids, is_held=context.is_held)
    for person, group in groups.items():
        found = registered.get(hashes[person])
        before = past.get(found.id) if found else None
        _plan_person(context, plan, in_order(group), found, before, earlier.get(person))
    _allot_phones(context, plan)
    coming = {turn.number for newcomer in plan.people for turn in newcomer.turns}
    plan.issues += [look for look in lookalikes(turns) if look.row in coming]
    return plan


def _units(sheet: SheetTurns) -> Iterator[tuple[int, str]]:
    """Return row and unit of each turn, as typed."""
    return ((turn.number, turn.unit) for turn in sheet.turns)


def _in_time(context: RoundContext, plan: EntryPlan, turns: Iterable[Turn]) -> Iterator[Turn]:
    """Return the turns that are within the window; those without a time get a warning."""
    for turn in turns:
        issue = context.window.issue_at(turn.entry.submitted_ms)
        if issue:
            plan.issues.append(TurnIssue(turn.number, issue))
        else:
            yield turn


def _with_known_units(plan: EntryPlan, turns: Iterable[Turn]) -> Iterator[Turn]:
    """Return turns whose unit is known or not given; in a sheet without phones the unit helps to distinguish people."""
    for turn in turns:
        unit_id = plan.units.get(turn.unit)
        if turn.unit and unit_id is None:
            continue
        if unit_id == NO_UNIT:
            plan.issues.append(TurnIssue(turn.number, IssueKind.NOT_A_UNIT))
        elif len(turn.person) == 3:
            yield turn
        elif unit_id is None:
            plan.issues.append(TurnIssue(turn.number, IssueKind.NO_UNIT))
        else:
            yield replace(turn, person=(*turn.person[:3], f"#{unit_id}"))


def _new_turns(
    context: RoundContext, plan: EntryPlan, ordered: Sequence[Turn]
) -> tuple[dict[Person, list[Turn]], dict[Person, int]]:
    """Return each person's turns that were not imported before, and the first row of those that were."""
    target = f"quiz-round:{context.round.id}"
    hashes = line_hashes(context.keyring, target, map(_values, ordered))
    known = known_lines(context.session, hashes)
    groups: dict[Person, list[Turn]] = {}
    earlier: dict[Person, int] = {}
    for turn, line in zip(ordered, hashes, strict=True):
        if line in known:
            plan.known += 1
            earlier.setdefault(turn.person, turn.number)
        else:
            plan.lines[turn.number] = line
            groups.setdefault(turn.person, []).append(turn)
    return groups, earlier


def _values(turn: Turn) -> tuple[object, ...]:
    """Return the values that equal turns share; without the unit, so that a corrected spelling is no new turn."""
    entry = turn.entry
    return (*turn.person, entry.submitted_ms, entry.duration_ms, entry.guess, entry.correct, turn.answers)


def identity_of(turn: Turn) -> Identity:
    """Return the identity of the person of a turn."""
    instead = "" if turn.phone else turn.person[0] or turn.person[3]
    return Identity(turn.name, turn.phone, turn.birth_year, instead)


def _hash(context: RoundContext, turn: Turn) -> bytes:
    return identity_hash(context.keyring, context.contest.id, identity_of(turn))


def _plan_person(
    context: RoundContext, plan: EntryPlan, group: list[Turn], found: stored.Registered | None,
    past: stored.Past | None, earlier: int | None,
) -> None:  # fmt: skip
    """Plan one person's new turns in the order of submission: those within the remaining tries, for the person's
    unit.
    """
    tries = context.rules.tries
    left = len(group) if tries is None else max(0, tries - (past.begun if past else 0))
    named = earlier or (group[0].number if left else None)
    for turn in group[left:]:
        plan.issues.append(
            TurnIssue(turn.number, IssueKind.TOO_MANY, named) if named else TurnIssue(turn.number, IssueKind.TRIED)
        )
    turns = group[:left]
    if not turns:
        return
    said = [unit for turn in group if (unit := plan.units.get(turn.unit)) is not None]
    if found is None and not said:
        plan.issues += [TurnIssue(turn.number, IssueKind.NO_UNIT) for turn in turns]
        return
    named = next((at for turn in group if (at := context.blocs.get(bloc_key(turn.bloc)))), None)
    bloc = found.bloc if found else named
    if found is None and context.blocs and bloc is None:
        plan.issues += [TurnIssue(turn.number, IssueKind.NO_BLOC) for turn in turns]
        return
    unit_id = found.unit_id if found else said[0]
    if unit_id in context.late_units:
        plan.issues += [TurnIssue(turn.number, IssueKind.UNIT_NOT_YET, unit_id) for turn in turns]
        return
    plan.people.append(Newcomer(identity_of(turns[0]), turns, unit_id, found, past, bloc=bloc))
    plan.issues += [look for turn in turns for look in _warnings_of(context, plan, turn, unit_id, past)]


def _warnings_of(
    context: RoundContext, plan: EntryPlan, turn: Turn, unit_id: int, past: stored.Past | None
) -> Iterator[TurnIssue]:
    """Return the warnings about a turn that is imported."""
    moment, took, born = turn.entry.submitted_ms, turn.entry.duration_ms, turn.birth_year
    limit = context.round.limit_seconds
    if moment is None:
        yield TurnIssue(turn.number, IssueKind.UNDATED)
    elif past and any(held.entry.submitted_ms == moment for held in past.held):
        yield TurnIssue(turn.number, IssueKind.SAME_MOMENT)
    if plan.units.get(turn.unit, unit_id) != unit_id:
        yield TurnIssue(turn.number, IssueKind.OTHER_UNIT, unit_id)
    if took is not None and took > (limit + context.round.grace_seconds) * 1000:
        yield TurnIssue(turn.number, IssueKind.SLOW, limit)
    elif took is not None and is_too_fast(took, context.size):
        yield TurnIssue(turn.number, IssueKind.FAST, f"{took / 1000:.4g}".replace(".", ","))
    if born is not None and context.year - born < context.contest.youngest:
        yield TurnIssue(turn.number, IssueKind.YOUNG, context.contest.youngest)


def _allot_phones(context: RoundContext, plan: EntryPlan) -> None:
    """Give each new person a place on their phone, in the order of first submission.

    More people than the contest allows, in the sheet and confirmed before, are an error. Places that unconfirmed others
    took are no reason to refuse a row: its person has none until they confirm.
    """
    new = [person for person in plan.people if person.registered is None and person.identity.phone]
    hashes = {phone: phone_hash(context.keyring, context.contest.id, phone) for phone in map(_phone, new)}
    taken = stored.list_taken_slots(context.session, context.contest, hashes.values())
    used = Counter(stored.count_confirmed(context.session, context.contest, hashes.values()))
    limit = context.contest.people_per_phone
    for person in sorted(new, key=_first_seen):
        phone = hashes[_phone(person)]
        slots = taken.setdefault(phone, set())
        used[phone] += 1
        if used[phone] > limit:
            plan.issues += [TurnIssue(turn.number, IssueKind.PHONE_FULL, limit) for turn in person.turns]
            person.turns = []
        else:
            person.slot = free_slot(slots, limit)
            slots.add(person.slot or 0)
    plan.people = [person for person in plan.people if person.turns]


def _phone(person: Newcomer) -> str:
    return person.identity.phone or ""


def _first_seen(person: Newcomer) -> tuple[int, int]:
    first = person.turns[0]
    return (first.entry.submitted_ms or _LATEST, first.number)
