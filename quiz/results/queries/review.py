"""The clusters of a round and the figures of the excluded entries."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from commune.models import Unit
from quiz.attempt.models import Attempt, Entry
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.rules.presets import GuessTarget
from quiz.results.models import ClusterEntry, EntryCluster, Exclusion, Result, RoundReview, StandingRow, Winner
from quiz.results.queries.correction import in_force
from quiz.results.rules.corrections import Cause
from quiz.results.rules.decisions import OPEN

BY_PEOPLE = (GuessTarget.PEOPLE, GuessTarget.PERCENT)
"""The targets that every entry moves."""


def find_review(session: Session, round: Round) -> RoundReview | None:
    """Return the review of *round*; None before its close, and for a round closed before there were reviews."""
    return session.get(RoundReview, round.id) if round.closed_at is not None else None


def list_clusters(session: Session, round: Round, *, is_strong: bool, limit: int | None = None) -> list[EntryCluster]:
    """Return the strong or the weak clusters of *round*, the larger ones first."""
    query = select(EntryCluster).where(EntryCluster.round_id == round.id, EntryCluster.is_strong.is_(is_strong))
    query = query.options(joinedload(EntryCluster.approval)).order_by(EntryCluster.number).limit(limit)
    return list(session.scalars(query))


def count_clusters(session: Session, round: Round) -> dict[tuple[bool, str], int]:
    """Return how many clusters of *round* there are, by strength and decision."""
    query = select(EntryCluster.is_strong, EntryCluster.decision, func.count()).where(EntryCluster.round_id == round.id)
    grouped = query.group_by(EntryCluster.is_strong, EntryCluster.decision)
    return {(strong, decision): count for strong, decision, count in session.execute(grouped)}


def count_decisions(session: Session, round: Round) -> dict[str, int]:
    """Return how many clusters of *round* that had to be decided on have each decision; empty without such a one."""
    return {decision: count for (is_strong, decision), count in count_clusters(session, round).items() if is_strong}


def count_undecided(session: Session, round: Round) -> int:
    """Return how many clusters must still be decided on before the calls."""
    return session.scalar(select(func.count()).select_from(EntryCluster).where(_undecided([round]))) or 0


def list_undecided(session: Session, round: Round) -> list[EntryCluster]:
    """Return the clusters of *round* that must still be decided on before the calls, the larger ones first."""
    return list(session.scalars(select(EntryCluster).where(_undecided([round])).order_by(EntryCluster.number)))


def list_open(session: Session, round: Round, numbers: Collection[int]) -> list[EntryCluster]:
    """Return those of the clusters of *round* with these numbers that are not decided on, the larger ones first."""
    query = select(EntryCluster).where(EntryCluster.round_id == round.id, EntryCluster.decision == OPEN)
    return list(session.scalars(query.where(EntryCluster.number.in_(numbers)).order_by(EntryCluster.number)))


def list_under_review(session: Session, contest: Contest) -> set[int]:
    """Return the numbers of the rounds of *contest* with clusters that must still be decided on."""
    query = select(Round.number).join(EntryCluster, EntryCluster.round_id == Round.id)
    return set(session.scalars(query.where(_undecided(contest.rounds)).distinct()))


def _undecided(rounds: Collection[Round]) -> ColumnElement[bool]:
    """Return the condition for the clusters of *rounds* that must be decided on: strong and open ones that matter.

    A cluster matters if it moves the target of the guess (by an all-correct entry; by any where participants or a
    percentage of them are guessed) or if one of its entries is in line for a prize in the newest results, which a
    decision can change.
    """
    by_people = [round.id for round in rounds if round.declared.guess_target in BY_PEOPLE]
    newest = select(func.max(Result.version)).where(Result.round_id == EntryCluster.round_id).scalar_subquery()
    is_seated = exists().where(
        ClusterEntry.round_id == EntryCluster.round_id,
        ClusterEntry.number == EntryCluster.number,
        _seated(),
        Winner.version == newest,
    )
    return and_(
        EntryCluster.round_id.in_([round.id for round in rounds]),
        EntryCluster.is_strong,
        EntryCluster.decision == OPEN,
        or_(EntryCluster.perfect > 0, EntryCluster.round_id.in_(by_people), is_seated),
    )


def get_cluster(session: Session, round: Round, number: int) -> EntryCluster:
    """Return a cluster of *round*; raises `LookupError` without one."""
    found = session.get(EntryCluster, (round.id, number))
    if found is None:
        raise LookupError(number)
    return found


def list_numbered(session: Session, round: Round, numbers: Collection[int]) -> list[EntryCluster]:
    """Return the clusters of *round* with these numbers, the larger ones first.

    Raises:
        LookupError: there are none, or one of them does not exist.
    """
    query = select(EntryCluster).where(EntryCluster.round_id == round.id, EntryCluster.number.in_(numbers))
    found = list(session.scalars(query.order_by(EntryCluster.number)))
    if not found or len(found) < len(set(numbers)):
        raise LookupError(numbers)
    return found


def list_members(session: Session, clusters: Collection[EntryCluster]) -> dict[int, list[uuid.UUID]]:
    """Return the participants of *clusters* of one round, by the cluster's number."""
    found: dict[int, list[uuid.UUID]] = {each.number: [] for each in clusters}
    round_ids = {each.round_id for each in clusters}
    query = select(ClusterEntry.number, ClusterEntry.participant_id).order_by(ClusterEntry.participant_id)
    query = query.where(ClusterEntry.round_id.in_(round_ids), ClusterEntry.number.in_(found))
    for number, participant_id in session.execute(query):
        found[number].append(participant_id)
    return found


class MemberEntry(NamedTuple):
    """An entry of a cluster as its page lists it, without a name; `rank` is None where it is not ranked."""

    participant_id: uuid.UUID
    unit: str
    correct: int | None
    duration_ms: int | None
    guess: int | None
    rank: int | None


def list_member_entries(session: Session, result: Result, cluster: EntryCluster, limit: int) -> list[MemberEntry]:
    """Return the first entries of a cluster, those best ranked in *result* first."""
    line = (StandingRow.round_id == result.round_id) & (StandingRow.version == result.version)
    query = (
        select(Entry.participant_id, Unit.name, Attempt.correct, Attempt.duration_ms, Entry.guess, StandingRow.rank)
        .join(ClusterEntry, ClusterEntry.participant_id == Entry.participant_id)
        .join(Attempt, Attempt.id == Entry.attempt_id)
        .join(Participant, Participant.id == Entry.participant_id)
        .join(Unit, Unit.id == Participant.unit_id)
        .outerjoin(StandingRow, line & (StandingRow.participant_id == Entry.participant_id))
        .where(Entry.round_id == cluster.round_id, _mine(cluster))
        .order_by(StandingRow.position.is_(None), StandingRow.position, Attempt.started_at, Attempt.id)
    )
    return [MemberEntry(*row) for row in session.execute(query.limit(limit))]


def count_excluded_members(session: Session, round: Round) -> dict[int, int]:
    """Return how many entries of each cluster of *round* are excluded at present, by its number."""
    query = (
        select(ClusterEntry.number, func.count())
        .join(Exclusion, Exclusion.participant_id == ClusterEntry.participant_id)
        .where(ClusterEntry.round_id == round.id, Exclusion.round_id == round.id, Exclusion.until_version.is_(None))
    )
    return dict(session.execute(query.group_by(ClusterEntry.number)).all())


def cluster_of(session: Session, round: Round, participant_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, EntryCluster]:
    """Return the cluster of each of these participants that is in one."""
    query = (
        select(ClusterEntry.participant_id, EntryCluster)
        .join(
            EntryCluster,
            (EntryCluster.round_id == ClusterEntry.round_id) & (EntryCluster.number == ClusterEntry.number),
        )
        .where(ClusterEntry.round_id == round.id, ClusterEntry.participant_id.in_(participant_ids))
    )
    return dict(session.execute(query).all())


def count_seats(session: Session, result: Result) -> dict[int, int]:
    """Return how many people in line for a prize each cluster has in *result*, by its number."""
    query = (
        select(ClusterEntry.number, func.count())
        .join(Winner, _seated())
        .where(Winner.round_id == result.round_id, Winner.version == result.version)
    )
    return dict(session.execute(query.group_by(ClusterEntry.number)).all())


def _seated() -> ColumnElement[bool]:
    """Return the condition for an entry of a cluster and a seat of the same person in line for a prize."""
    return and_(
        Winner.round_id == ClusterEntry.round_id,
        Winner.participant_id == ClusterEntry.participant_id,
        Winner.state != "passed",
    )


@dataclass(frozen=True)
class LeftOut:
    """The turns, people and all-correct people of a round whose entries are excluded."""

    turns: int = 0
    people: int = 0
    perfect: int = 0


def count_left_out(session: Session, round: Round, version: int | None = None) -> LeftOut:
    """Return the figures of the entries of *round* that are excluded at present, or were in an earlier *version*.

    How many of them were all correct is not known of a version before a re-mark; it is 0 then.
    """
    out = select(Exclusion.participant_id).where(Exclusion.round_id == round.id, in_force(version))
    counted = select(Attempt.correct).join(Entry, Entry.attempt_id == Attempt.id)
    right = list(session.scalars(counted.where(Entry.round_id == round.id, Entry.participant_id.in_(out))))
    submitted = (Attempt.round_id == round.id, Attempt.submitted_at.is_not(None), Attempt.participant_id.in_(out))
    turns = session.scalar(select(func.count()).select_from(Attempt).where(*submitted)) or 0
    perfect = 0 if _is_remarked_after(session, round, version) else sum(each == round.asked for each in right)
    return LeftOut(turns, len(right), perfect)


def _is_remarked_after(session: Session, round: Round, version: int | None) -> bool:
    if version is None:
        return False
    later = (Result.round_id == round.id, Result.version > version, Result.cause == Cause.REMARK)
    return session.scalar(select(Result.version).where(*later).limit(1)) is not None


def _mine(cluster: EntryCluster) -> Any:
    return (ClusterEntry.round_id == cluster.round_id) & (ClusterEntry.number == cluster.number)
