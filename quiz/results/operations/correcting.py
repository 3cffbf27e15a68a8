"""Rank a correction of a closed round before anything is locked, as its close does (decision 0079)."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from quiz.contest.models import Round
from quiz.results.operations.freezing import freeze_again, hold_frozen
from quiz.results.operations.standings import Step, store_lines
from quiz.results.operations.versions import Preview, lock_round, next_version, require_same

Shown = TypeVar("Shown", bound=Preview | None)


def rank_correction(
    session: Session, round: Round, preview: Callable[[], Shown], *, now: datetime, between: Step
) -> Shown:
    """Return the preview of a correction of *round* with the lines of its version stored, and the round locked.

    *preview* ranks, or raises where what was approved has changed; None where the correction makes no version. It reads
    alone: other writers wait for nothing but the pieces of the lines, where the caller commits *between* them. The
    caller stores the version in the same transaction, its lines being there.

    Raises:
        Changed: another correction, a publication or a call came between.
        TooEarly: the round is not closed.
    """
    claim = freeze_again(session, round, now=now)
    was_published = round.published_at is not None
    between()
    shown = preview()
    if shown is None:
        hold_frozen(session, round, claim)
        lock_round(session, round)
        return shown

    def hold() -> None:
        hold_frozen(session, round, claim)

    store_lines(session, round.id, next_version(shown.result), shown.draft, hold=hold, between=between)
    hold()
    lock_round(session, round)
    require_same(session, round, shown, was_published=was_published)
    return shown
