"""The public codes of units in a draw by a public number, and the day after which the number comes."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from commune.models import Unit
from core.values.week import local_date
from quiz.contest.models import Contest
from quiz.contest.rules.terms import CollectiveMeasure
from quiz.results.models import Draw
from quiz.results.rules.number_draws import unit_code


def fixed_on(contest: Contest) -> date | None:
    """Return the day on which the last results became fixed: final after the objections, or published where they
    become final by that; None before any.
    """
    fixed = [each.finalised_at or each.published_at for each in contest.rounds if each.published_at]
    return local_date(max(filter(None, fixed))) if fixed else None


def list_unit_codes(session: Session, refs: Sequence[str]) -> list[str]:
    """Return the public code of each unit in *refs*, in their order."""
    units = _units(session, refs)
    return [unit_code(units[ref].code) for ref in refs]


def names_of_units(session: Session, draws: Sequence[Draw]) -> dict[str, str]:
    """Return the names of the units in those *draws* that went by a public number, by their refs."""
    refs = {ref for draw in draws if draw.number for ref in draw.members}
    return {ref: f"{unit.name}, {unit.code}" for ref, unit in _units(session, refs).items()}


def _units(session: Session, refs: Iterable[str]) -> dict[str, Unit]:
    ids = sorted(map(int, refs))
    found = session.scalars(select(Unit).where(Unit.id.in_(ids))) if ids else ()
    return {str(unit.id): unit for unit in found}


def of_measure(measure: CollectiveMeasure) -> str:
    """Return what is drawn among units by *measure*, as the seed of a draw names it."""
    return f"tap-the-{measure.value}"
