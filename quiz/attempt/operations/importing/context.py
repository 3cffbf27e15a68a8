"""Where and when a sheet is brought in, and why it can't be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.importing.errors import CannotImport
from core.values.week import local_date
from quiz.attempt.queries.attempt import milliseconds
from quiz.attempt.rules.sheet_turns import Window
from quiz.contest.models import Contest, Round
from quiz.contest.rules.presets import Rules


class TakesNoPapers(CannotImport):
    """The contest is a draft, which holds nobody's data, or was called off."""


class RoundClosed(CannotImport):
    """The round is closed: what is wrong in it is corrected in a new version, not by a sheet."""


class NotOpenYet(CannotImport):
    """The round has not begun: nobody can have handed in anything."""


class NoQuestions(CannotImport):
    """The round has no questions, so nobody knows how many right answers are all."""


@dataclass(frozen=True)
class RoundContext:
    """The round that papers are imported into: its window, its rules, how many questions it has, and the moment."""

    session: Session
    keyring: Keyring
    round: Round
    window: Window
    rules: Rules
    size: int
    now: datetime
    is_held: bool = False

    @property
    def contest(self) -> Contest:
        """The round's contest."""
        return self.round.contest

    @property
    def year(self) -> int:
        """The year on Vietnam's calendar."""
        return local_date(self.now).year


def check_round(round: Round, *, now: datetime) -> None:
    """Raises CannotImport while nothing can be brought in to *round*."""
    if not round.contest.takes_papers:
        raise TakesNoPapers
    if round.closed_at is not None:
        raise RoundClosed
    if now < round.opens_at:
        raise NotOpenYet
    if not round.questions:
        raise NoQuestions


def context_of(
    session: Session, keyring: Keyring, round: Round, *, now: datetime, is_held: bool = False
) -> RoundContext:
    """Return the context of *round*; with `is_held` entries that are looked at stay as they are until the commit.

    Raises:
        TakesNoPapers, RoundClosed, NotOpenYet, NoQuestions: nothing can be brought in.
    """
    check_round(round, now=now)
    window = Window(milliseconds(round.opens_at), milliseconds(round.closes_at), milliseconds(now))
    return RoundContext(session, keyring, round, window, round.declared, len(round.questions), now, is_held)
