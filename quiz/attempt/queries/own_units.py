"""The villages, agencies and schools below the communes of a contest, with their headcounts."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from account.models import AuditEntry
from commune.models import OWN_KINDS, Unit
from commune.queries.headcount import latest_headcounts
from commune.queries.units import ABOVE_COMMUNES, in_force, list_units
from commune.rules.actions import UnitAction
from quiz.contest.models import Contest, Participant
from quiz.contest.queries import list_contest_units
from quiz.contest.queries.headcounts import counted, headcounts_of
from quiz.contest.queries.registered import count_registered
from quiz.contest.rules.headcounts import UnitHeadcount


@dataclass(frozen=True)
class OwnUnit:
    """A unit that an office added: whether the people of the contest choose it, its latest headcount, and the one that
    the last rounds of the contest use.
    """

    unit: Unit
    enters: bool
    headcount: UnitHeadcount | None
    used: UnitHeadcount | None

    @property
    def is_newer(self) -> bool:
        """Whether the contest uses another headcount than the latest one."""
        return self.enters and self.used != self.headcount


@dataclass(frozen=True)
class TakingUnit:
    """A unit that takes part in a contest: the first round it enters, its registered people, and its headcount."""

    unit: Unit
    from_round: int
    people: int
    headcount: UnitHeadcount | None


def list_taking(session: Session, contest: Contest, on: date) -> list[TakingUnit]:
    """Return the units that take part in *contest*, in Vietnamese order, with the headcounts of its last round."""
    units, registered = list_contest_units(session, contest), count_registered(session, contest)
    since = {each.unit_id: each.from_round for each in contest.units}
    used = headcounts_of(session, contest, list(since), on, contest.rounds[-1].number)
    return [TakingUnit(unit, since[unit.id], registered.get(unit.id, 0), used.get(unit.id)) for unit in units]


def list_communes(session: Session, contest: Contest, within: Collection[int]) -> list[Unit]:
    """Return the communes of *contest* to which the account may add units, in Vietnamese order: those that enter, those
    above units that enter, and the one that holds it.
    """
    entering = [
        unit.parent or unit if unit.kind in OWN_KINDS else unit for unit in list_contest_units(session, contest)
    ]
    units = dict.fromkeys([*entering, contest.unit])
    return sorted((unit for unit in units if _takes_units(unit) and unit.id in within), key=lambda unit: unit.sort_key)


def list_other_communes(session: Session, contest: Contest, within: Collection[int], on: date) -> list[Unit]:
    """Return the communes of *within* in force *on* that day that are not in *contest*, nor above a unit that is."""
    there = {id for each in contest.units for id in (each.unit_id, each.unit.parent_id)}
    return [unit for unit in list_units(session, frozenset(within), on) if _takes_units(unit) and unit.id not in there]


def _takes_units(unit: Unit) -> bool:
    return unit.kind not in ABOVE_COMMUNES and unit.kind not in OWN_KINDS


def list_own_units(session: Session, contest: Contest, communes: Collection[Unit], on: date) -> list[OwnUnit]:
    """Return the units below *communes* in force *on* that day, by commune and then in Vietnamese order."""
    query = select(Unit).where(
        Unit.parent_id.in_([unit.id for unit in communes]), Unit.kind.in_(OWN_KINDS), in_force(on)
    )
    found = list(session.scalars(query.options(joinedload(Unit.parent))))
    found.sort(key=lambda unit: (unit.parent.sort_key if unit.parent else "", unit.sort_key, unit.id))
    entering, ids = {each.unit_id for each in contest.units}, [each.id for each in found]
    latest = {unit_id: counted(each) for unit_id, each in latest_headcounts(session, ids, on).items()}
    fixed = contest.headcounts_fixed_at is not None
    used = headcounts_of(session, contest, ids, on, contest.rounds[-1].number) if fixed else latest
    return [OwnUnit(unit, unit.id in entering, latest.get(unit.id), used.get(unit.id)) for unit in found]


def list_ids_below(session: Session, unit: Unit) -> list[int]:
    """Return *unit* and the units that an office added below it, by id."""
    below = select(Unit.id).where(Unit.parent_id == unit.id, Unit.kind.in_(OWN_KINDS))
    return [unit.id, *session.scalars(below)]


def list_former_names(session: Session, unit: Unit) -> list[str]:
    """Return the names that other units of the commune of *unit* had while people entered for them.

    Under one of these its turns would be read as theirs: two villages could exchange their names through a third.
    """
    if unit.parent_id is None:
        return []
    renamed = select(AuditEntry.before, AuditEntry.after).where(
        AuditEntry.kind == "commune.unit",
        AuditEntry.subject_id == str(unit.parent_id),
        AuditEntry.action == UnitAction.UNIT_RENAME,
    )
    pairs = [(json.loads(before)["name"], json.loads(after).get("unit")) for before, after in session.execute(renamed)]
    others = {id for _name, id in pairs if id is not None and id != unit.id}
    entered = set(session.scalars(select(Participant.unit_id).where(Participant.unit_id.in_(others)).distinct()))
    return sorted({name for name, id in pairs if id in entered})
