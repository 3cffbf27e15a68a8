"""Which unit each spelling of a sheet means: decided now or before, told by its name, or to be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quiz.attempt.operations.importing.context import ImportContext
from quiz.attempt.queries import sheet_turns as stored
from quiz.attempt.rules.sheet_turns import Turn
from quiz.attempt.rules.unit_match import NO_UNIT, Former, Matcher, spelling_key

HELPED = 300
"""Unknown spellings for which similar names are looked up; whoever has more has mapped the wrong column."""


@dataclass(frozen=True)
class Doubtful:
    """A spelling that names no unit for certain: how often it stands there, where first, what it may mean, and
    what was remembered of it, where that may be said anew; and which of them a unit of that name became."""

    key: str
    spelled: str
    rows: int
    first: int
    candidates: tuple[int, ...]
    remembered: int | None = None
    former: Mapping[int, Former] = field(default_factory=dict)


def match_units(
    ground: ImportContext, turns: Iterable[Turn], decisions: Mapping[str, int]
) -> tuple[dict[str, int], list[Doubtful]]:
    """The unit of each spelling as it was typed, and those that are doubtful, the most frequent first.

    *decisions* (spelling key → unit or NO_UNIT) go before what was remembered, and both before any name; a unit that
    the contest doesn't have is no decision.
    """
    known = stored.list_known_units(ground.session, ground.contest)
    ids = {unit.id for unit in known}
    decided = stored.list_spellings(ground.session, ground.contest, ids)
    decided |= {key: unit_id for key, unit_id in decisions.items() if unit_id in ids or unit_id == NO_UNIT}
    matcher, units, doubts = Matcher(known), dict[str, int](), list[Doubtful]()
    for key, (typed, first) in _spellings(turns).items():
        spelled, rows = typed.most_common(1)[0][0], typed.total()
        match = matcher.match(spelled, is_helped=len(doubts) < HELPED) if key not in decided else None
        unit_id = decided.get(key) if match is None else match.unit
        if unit_id is not None:
            units |= dict.fromkeys(typed, unit_id)
        elif match is not None:
            doubts.append(Doubtful(key, spelled, rows, first, match.candidates, former=match.former))
    return units, sorted(doubts, key=lambda doubt: (-doubt.rows, doubt.first))


def list_remembered(ground: ImportContext, turns: Iterable[Turn]) -> list[Doubtful]:
    """The spellings among *turns* that were decided for a sheet before, that unit first of what they may mean."""
    known = stored.list_known_units(ground.session, ground.contest)
    decided = stored.list_spellings(ground.session, ground.contest, {unit.id for unit in known})
    matcher = Matcher(known)
    found = []
    for key, (typed, first) in _spellings(turns).items():
        if key in decided:
            spelled, unit_id = typed.most_common(1)[0][0], decided[key]
            match = matcher.match(spelled)
            meant = (unit_id, *([] if match.unit is None else [match.unit]), *match.candidates)
            found.append(
                Doubtful(key, spelled, typed.total(), first, tuple(dict.fromkeys(meant)), unit_id, match.former)
            )
    return sorted(found, key=lambda doubt: (-doubt.rows, doubt.first))


def _spellings(turns: Iterable[Turn]) -> dict[str, tuple[Counter[str], int]]:
    """By spelling key: how often each way to type it occurs, and the first row."""
    typed: Counter[str] = Counter()
    first: dict[str, int] = {}
    for turn in turns:
        if turn.unit:
            typed[turn.unit] += 1
            first.setdefault(turn.unit, turn.number)
    found: dict[str, tuple[Counter[str], int]] = {}
    for spelled, rows in typed.items():
        counts, row = found.get(key := spelling_key(spelled), (Counter(), first[spelled]))
        counts[spelled] = rows
        found[key] = counts, min(row, first[spelled])
    return found
