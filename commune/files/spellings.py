"""Doubtful spellings of units in words: the units that each may mean, and every unit that can be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from commune.models import Unit
from commune.queries.spellings import Doubtful
from commune.queries.units import parents_of
from commune.rules.unit_match import Former
from core.importing.kind import DecisionList
from core.sheets.report import Candidate, Doubt
from core.translation import gettext
from core.values.dates import day
from core.values.text import N_

_BECAME, _BECAME_IN_PART = N_(", nay gồm %(old)s cũ"), N_(", nay gồm một phần %(old)s cũ")


def decision_list(doubts: Sequence[Doubtful], units: Mapping[int, Unit]) -> DecisionList:
    """Return the questions of the review page: the doubts, and every one of *units* with its distinction."""
    every = {id: f"{unit.name} ({about(unit)})" for id, unit in units.items()}
    return DecisionList(doubts_in_words(doubts, units), every)


def doubts_in_words(doubts: Sequence[Doubtful], units: Mapping[int, Unit]) -> list[Doubt]:
    """Return doubts with the units that each may mean."""
    return [_in_words(doubt, units) for doubt in doubts]


def _in_words(doubt: Doubtful, units: Mapping[int, Unit]) -> Doubt:
    known = [units[id] for id in doubt.candidates if id in units]
    offered = tuple(candidate(unit, doubt.former.get(unit.id)) for unit in known)
    return Doubt(doubt.key, doubt.spelled, doubt.rows, doubt.first, offered, doubt.remembered)


def about(unit: Unit) -> str:
    """Return the words that distinguish a unit from others of its name: its parents, and its last or first day.

    >>> from datetime import date
    >>> district = Unit(name="huyện Lâm Bình")
    >>> about(Unit(name="xã Xuân Lập", parent=district, valid_from=date(2011, 1, 28), valid_to=date(2025, 7, 1)))
    'huyện Lâm Bình, đến hết 30/06/2025'
    """
    above = [each.name for each in parents_of(unit)]
    era = (
        gettext(N_("đến hết %(day)s"), day=day(unit.valid_to - timedelta(days=1)))
        if unit.valid_to
        else gettext(N_("từ %(day)s"), day=day(unit.valid_from))
    )
    return ", ".join([*above, era])


def candidate(unit: Unit, former: Former | None = None) -> Candidate:
    """Return a unit as an option for a doubtful spelling, with the former unit of that name."""
    became = _BECAME_IN_PART if former and former.is_split else _BECAME
    return Candidate(unit.id, unit.name, about(unit) + (gettext(became, old=former.names[0]) if former else ""))
