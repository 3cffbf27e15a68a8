"""Rank a correction of a closed round before anything is locked, as its close does (decision 0079)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from quiz.contest.models import Round
from quiz.results.operations.freezing import freeze_again, hold_frozen
from quiz.results.operations.standings import Step, store_lines
from quiz.results.operations.versions import Preview, lock_round, next_version, require_same

Shown = TypeVar("Shown", bound=Preview | None)


@dataclass(frozen=True)
class RankedAhead:
    """A correction of *round* that is ranked, with its lines stored; `claim` names it, and no round is locked."""

    round: Round
    shown: Preview | None
    claim: datetime
    was_published: bool

    def settle(self, session: Session) -> None:
        """Lock the round for the last transaction of the correction.

        Raises:
            Changed: another correction, a publication or a call came between.
        """
        hold_frozen(session, self.round, self.claim)
        lock_round(session, self.round)
        if self.shown is not None:
            require_same(session, self.round, self.shown, was_published=self.was_published)


def rank_ahead(
    session: Session, round: Round, preview: Callable[[], Preview | None], *, now: datetime, between: Step
) -> RankedAhead:
    """Return a correction of *round*, ranked by *preview*, with the lines of its version stored in pieces.

    *preview* ranks, or raises where what was approved has changed; None where the correction makes no version. It reads
    alone: other writers wait for nothing but the pieces of the lines, where the caller commits *between* them.

    Raises:
        Changed: another correction came between.
        TooEarly: the round is not closed.
    """
    claim = freeze_again(session, round, now=now)
    was_published = round.published_at is not None
    between()
    shown = preview()

    def hold() -> None:
        hold_frozen(session, round, claim)

    if shown is not None:
        store_lines(session, round.id, next_version(shown.result), shown.draft, hold=hold, between=between)
    return RankedAhead(round, shown, claim, was_published)


def rank_correction(
    session: Session, round: Round, preview: Callable[[], Shown], *, now: datetime, between: Step
) -> Shown:
    """Return the preview of a correction of *round* with the lines of its version stored, and the round locked.

    The caller stores the version in the same transaction, its lines being there.

    Raises:
        Changed, TooEarly: as `rank_ahead` and `RankedAhead.settle` do.
    """
    found = list[Shown]()

    def shown() -> Shown:
        found[:] = [preview()]
        return found[0]

    rank_ahead(session, round, shown, now=now, between=between).settle(session)
    return found[0]
