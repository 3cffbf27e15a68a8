"""The context of an import, and the reasons why it is impossible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.importing.errors import CannotImport
from core.values.week import local_date
from quiz.attempt.queries.attempt import milliseconds
from quiz.attempt.rules.sheet_turns import Window
from quiz.contest.models import Contest, Round
from quiz.contest.queries.entering import late_units
from quiz.contest.rules.bloc_text import bloc_key
from quiz.contest.rules.presets import Rules


class TakesNoPapers(CannotImport):
    """The contest is a draft, which holds no personal data, or was cancelled."""


class RoundClosed(CannotImport):
    """The round is closed; errors are corrected by a new version of its results, not by a sheet."""


class NotOpenYet(CannotImport):
    """The round has not begun, so there can be no papers."""


class NoQuestions(CannotImport):
    """The round has no questions, so the number of right answers of a perfect paper is unknown."""


class DrawnPapers(CannotImport):
    """Each attempt of the round gets questions of its own, which no sheet of one common paper can hold."""


@dataclass(frozen=True)
class RoundContext:
    """The round of an import: its window, its rules, the number of its questions, and the time of the import."""

    session: Session
    keyring: Keyring
    round: Round
    window: Window
    rules: Rules
    size: int
    now: datetime
    is_held: bool = False
    blocs: Mapping[str, int] = field(default_factory=dict)
    """The blocs of the contest by `bloc_key`; none where all are ranked together."""
    late_units: frozenset[int] = frozenset()
    """The units that enter the contest after the round."""

    @property
    def contest(self) -> Contest:
        """Return the round's contest."""
        return self.round.contest

    @property
    def year(self) -> int:
        """Return the year on Vietnam's calendar."""
        return local_date(self.now).year


def check_round(round: Round, *, now: datetime) -> None:
    """Raise CannotImport if no papers can be imported into *round*."""
    if not round.contest.takes_papers:
        raise TakesNoPapers
    if round.is_frozen:
        raise RoundClosed
    if now < round.opens_at:
        raise NotOpenYet
    if not round.questions:
        raise NoQuestions
    if round.declared.shown is not None:
        raise DrawnPapers


def context_of(
    session: Session, keyring: Keyring, round: Round, *, now: datetime, is_held: bool = False
) -> RoundContext:
    """Return the context of *round*; with `is_held` the entries that are read stay locked until the commit.

    Raises:
        TakesNoPapers, RoundClosed, NotOpenYet, NoQuestions, DrawnPapers: nothing can be imported.
    """
    check_round(round, now=now)
    blocs = {bloc_key(bloc.name): bloc.position for bloc in round.contest.blocs}
    window = Window(milliseconds(round.opens_at), milliseconds(round.closes_at), milliseconds(now))
    size, late = len(round.questions), late_units(round.contest, round.number)
    return RoundContext(session, keyring, round, window, round.declared, size, now, is_held, blocs, late)
