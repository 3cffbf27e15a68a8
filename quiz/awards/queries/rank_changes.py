"""Two versions of a round's results as its page and its sheet compare them, with the names that are open."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from core.crypto import Keyring
from quiz.awards.queries.naming import front_names
from quiz.contest.models import Round
from quiz.results.models import Result
from quiz.results.models.contact import WINNERS
from quiz.results.queries.rank_changes import VersionPair, count_changes, list_versions
from quiz.results.queries.result import contacts_of, list_winners
from quiz.results.rules.rank_changes import ChangeCounts


@dataclass(frozen=True)
class RankChangeFile:
    """Two versions that are compared, out of all that may be; names of the people whose contacts are open."""

    round: Round
    pair: VersionPair
    versions: Sequence[Result]
    counts: ChangeCounts
    names: Mapping[UUID, str]

    @property
    def corrections(self) -> Sequence[Result]:
        """The corrections between the two, oldest first."""
        return [each for each in self.versions if self.pair.before.version < each.version <= self.pair.after.version]


def read_rank_changes(
    session: Session, keyring: Keyring, round: Round, opened: Collection[str], asked: tuple[int | None, int | None]
) -> RankChangeFile | None:
    """Return the comparison of the versions *asked* for, by default of the two newest; None with fewer than two.

    *opened* are the contacts open to the account: of the winners, who are those of both versions, and of the front.
    """
    versions = list_versions(session, round)
    if len(versions) < 2:
        return None
    pair = _pair(versions, *asked)
    names = front_names(session, keyring, pair.after, opened)
    if WINNERS in opened:
        people = {winner.participant for result in pair for winner in list_winners(session, result)}
        names |= {id: contact.name for id, contact in contacts_of(session, keyring, people).items()}
    return RankChangeFile(round, pair, versions, count_changes(session, pair), names)


def _pair(versions: Sequence[Result], before: int | None, after: int | None) -> VersionPair:
    by = {each.version: each for each in versions}
    last = by.get(after or 0, versions[-1])
    earlier = [each for each in versions if each.version < last.version]
    if not earlier:
        return VersionPair(versions[0], versions[1])
    first = by.get(before or 0, earlier[-1])
    return VersionPair(first if first in earlier else earlier[-1], last)
