"""Changes of a tie after the day of the public number that decides it: who came in and who left (decision 0133)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.db import parts
from core.translation import gettext
from core.values.dates import day
from core.values.text import N_
from core.values.week import day_start, local_date
from quiz.contest.models import Round
from quiz.results.models import Draw, Result, StandingRow
from quiz.results.rules.number_draws import first_day


@dataclass(frozen=True)
class LateChange:
    """The people who came into a tie, and who left it, in versions made from the day of its number on."""

    entered: int = 0
    left: int = 0

    def __bool__(self) -> bool:
        """Whether anybody came or left."""
        return self.entered > 0 or self.left > 0


def late_change(session: Session, round: Round, refs: Sequence[str], version: int, number_day: date) -> LateChange:
    """Return how the rank of *refs* in *version* differs from that of the last version from before *number_day*.

    The number may be known from that day's beginning on. The rank before is the one that most of *refs* had.
    """
    earlier = select(Result.version).where(Result.round_id == round.id, Result.version <= version)
    earlier = earlier.where(Result.made_at < day_start(number_day)).order_by(Result.version.desc()).limit(1)
    before = session.scalar(earlier)
    if before is None or before == version:
        return LateChange()
    was, now = (_equals(session, round, refs, each) for each in (before, version))
    return LateChange(len(now - was), len(was - now))


def _equals(session: Session, round: Round, refs: Sequence[str], version: int) -> set[UUID]:
    """Return everybody of the rank that most of *refs* have in *version*; an empty set where none of them is ranked."""
    mine = StandingRow.round_id == round.id, StandingRow.version == version
    ranks = Counter[tuple[int | None, int]]()
    for some in parts([UUID(ref) for ref in refs]):
        found = session.execute(
            select(StandingRow.bloc, StandingRow.rank).where(*mine, StandingRow.participant_id.in_(some))
        )
        ranks.update((bloc, rank) for bloc, rank in found)
    if not ranks:
        return set()
    (bloc, rank), _count = ranks.most_common(1)[0]
    same = StandingRow.rank == rank, StandingRow.bloc.is_not_distinct_from(bloc)
    return set(session.scalars(select(StandingRow.participant_id).where(*mine, *same)))


def late_words(change: LateChange) -> str:
    """Return who came and left after the day of the number; empty without a change."""
    if not change:
        return ""
    words = N_("Từ ngày của số, nhóm bằng nhau có thay đổi: %(entered)s người vào, %(left)s người ra.")
    return gettext(words, entered=change.entered, left=change.left)


def late_sentence(session: Session, round: Round, draw: Draw) -> str:
    """Return what the public reads of a draw by a number beside the order: a later day than the first possible one, and
    changes of the tie from the day of the number on; nothing where there is neither.
    """
    if draw.number is None or draw.version is None or round.closed_at is None:
        return ""
    first = first_day(local_date(round.closed_at))
    later = N_("Số không phải của ngày đầu tiên có thể (%(first)s): chỉ đúng khi nguồn không công bố số nào trước đó.")
    said = [gettext(later, first=day(first))] if draw.held_on > first else []
    said.append(late_words(late_change(session, round, draw.members, draw.version, first)))
    return " ".join(filter(None, said))
