"""The public codes of units in a draw by a public number, and the day after which the number comes."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from commune.models import Unit
from core.values.week import local_date
from quiz.contest.models import Contest, Round
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.terms import CollectiveMeasure
from quiz.results.models import Draw, Result
from quiz.results.rules.number_draws import unit_code


def last_fixed_on(session: Session, contest: Contest) -> date | None:
    """Return the day on which the results that the prizes of the whole contest go by were fixed: that of the last
    version and of the last round that became final; None before any publication.

    Where no digits of a public number are declared, which is by hand too, it is the day of the last publication, as
    such rules say.
    """
    published = [round.published_at for round in contest.rounds if round.published_at]
    if not published or Rules.from_dict(contest.rules).draw_digits is None:
        return local_date(max(published)) if published else None
    newest = select(func.max(Result.made_at)).join(Round, Round.id == Result.round_id)
    made = session.scalar(newest.where(Round.contest_id == contest.id))
    final = [round.finalised_at for round in contest.rounds if round.finalised_at]
    return local_date(max([*published, *final, *([made] if made else [])]))


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
