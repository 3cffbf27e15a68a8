"""Search a closed round for clusters, and decide on one or several of them."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from account.rules.chain import Plain
from core.bulk import insert_columns, make_room, without_collections
from core.crypto import Keyring, digest
from core.values.columns import Flags, taken
from quiz.attempt.queries.eligible import find_unranked, list_shared
from quiz.attempt.queries.round_papers import RoundPapers, read_papers
from quiz.contest.models import Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import ClusterEntry, EntryCluster, RoundReview
from quiz.results.operations.audit_subjects import of_cluster, of_clusters
from quiz.results.operations.correcting import rank_correction
from quiz.results.operations.exclusion import preview_exclusions, store_exclusions
from quiz.results.operations.standings import Step, nothing
from quiz.results.operations.versions import Changed, NothingToDo, Preview
from quiz.results.queries.review import (
    list_members,
    list_numbered,
)
from quiz.results.queries.reviewed import paper_size, read_reviewed
from quiz.results.rules.clusters import FoundClusters, find_clusters
from quiz.results.rules.corrections import ExclusionReason
from quiz.results.rules.decisions import EXCLUDED, KEPT, OPEN
from quiz.results.rules.signs import signs_of


@dataclass(frozen=True)
class FoundReview:
    """The review of a round before it is stored, with the columns of its clusters and of their entries."""

    review: RoundReview
    clusters: Mapping[str, Sequence[Any]]
    members: Mapping[str, Sequence[Any]]


@without_collections()
def search_round(
    session: Session, keyring: Keyring, round: Round, papers: RoundPapers, *, now: datetime
) -> FoundReview:
    """Search the counted entries of *round*, which is being closed, for clusters; this reads alone.

    No person reads the evidence for that, and none of it is stored with the clusters. A cluster in which no entry is
    ranked needs no decision: the means that the contest declares keeps it from the prizes and out of the target.
    Those who may still be confirmed on a line of the roster count as ranked.
    """
    size, (entries, openings) = paper_size(session, round), read_reviewed(session, keyring, round, papers)
    signs = signs_of(entries, openings, size, family=round.contest.people_per_phone)
    review = RoundReview(
        round_id=round.id, entries=len(entries), reading_ms=size.reading_ms, tapping_ms=size.tapping_ms, made_at=now
    )
    may_be_ranked = {str(id) for line in list_shared(session, round) if line.holder is None for id in line.people}
    unranked = find_unranked(session, round) - may_be_ranked
    clusters = find_clusters(signs)
    is_unranked = np.array([ref in unranked for ref in entries.refs], np.bool_) if unranked else entries.is_own & False
    is_ranked = clusters.groups.count(~is_unranked) > 0
    return _found(review, clusters, clusters.is_strong & is_ranked, entries.is_perfect)


def review_round(session: Session, keyring: Keyring, round: Round, *, now: datetime) -> RoundReview:
    """Search *round* for clusters as `search_round` does, and store them."""
    found = search_round(session, keyring, round, read_papers(session, round), now=now)
    store_review(session, found)
    return found.review


def store_review(session: Session, found: FoundReview) -> None:
    """Store the review of a round that has just been closed."""
    session.add(found.review)
    session.flush()
    if found.clusters["number"]:
        make_room(session)
        insert_columns(session, EntryCluster, found.clusters)
        insert_columns(session, ClusterEntry, found.members)


def _found(
    review: RoundReview,
    found: FoundClusters,
    is_strong: Flags,
    is_perfect: Flags,
) -> FoundReview:
    columns: dict[str, Sequence[Any]] = {
        "round_id": [review.round_id] * len(found),
        "number": range(1, len(found) + 1),
        "size": found.groups.sizes.tolist(),
        "is_strong": is_strong.tolist(),
        "perfect": found.groups.count(is_perfect).tolist(),
        "signs": _signs(found),
        "decision": [OPEN] * len(found),
    }
    members: dict[str, Sequence[Any]] = {
        "round_id": [review.round_id] * len(found.groups.places),
        "number": (found.groups.numbers + 1).tolist(),
        "participant_id": taken(found.refs, found.groups.places),
    }
    return FoundReview(review, columns, members)


def _signs(found: FoundClusters) -> list[str]:
    """Return the signs of each cluster as they are stored; many clusters have the same."""
    different, at = np.unique(found.here, axis=1, return_inverse=True)
    counts = map(found.counts, different.T)
    texts = [json.dumps([(each.sign.value, each.here, each.everywhere) for each in signs]) for signs in counts]
    return list(map(texts.__getitem__, at.tolist()))


@dataclass(frozen=True)
class ClusterPreview:
    """The effect of excluding clusters, or of keeping ones that are excluded; no effect where their entries are so
    already. `left_in` is how many of their entries would not be excluded with the others.

    `excluding` is the digest of what is shown to exclude them, `keeping` of what is shown to keep them.
    """

    effect: Preview | None
    excluding: str
    keeping: str
    left_in: int
    is_excluded: bool
    """Whether all of the clusters are excluded now."""

    def digest_for(self, ground: ExclusionReason | None) -> str:
        """Return the digest of the decision to exclude for *ground*, or, with None, to keep."""
        return self.excluding if ground else self.keeping


def preview_clusters(
    session: Session, round: Round, clusters: Sequence[EntryCluster], kept: Collection[UUID] = ()
) -> ClusterPreview:
    """Return what excluding *clusters* but for their *kept* entries would change, or, once all are excluded, what
    keeping them would.

    Keeping clusters that are not excluded changes no result, so its digest holds their members and decisions alone and
    outlives later versions. Any other digest also holds every figure and seat that the preview shows.
    """
    members = list_members(session, clusters)
    is_excluded, everybody = _are_excluded(clusters), {id for ids in members.values() for id in ids}
    ground = None if is_excluded else ExclusionReason.CHEATING
    left_in = sorted(everybody & set(kept)) if ground else []
    try:
        effect = preview_exclusions(session, round, everybody - set(left_in), ground)
    except NothingToDo:
        effect = None
    state = [f"{each.number} {each.decision} {' '.join(map(str, members[each.number]))}" for each in clusters]
    excluding = _digest(*state, "out", *map(str, left_in), *_shown(effect))
    return ClusterPreview(effect, excluding, excluding if is_excluded else _digest(*state), len(left_in), is_excluded)


def _are_excluded(clusters: Sequence[EntryCluster]) -> bool:
    return all(each.decision == EXCLUDED for each in clusters)


def _shown(effect: Preview | None) -> list[str]:
    """Return all that a page shows of *effect*; not the version, so that an equal preview stays approved."""
    if effect is None:
        return []
    was, draft = effect.result, effect.draft
    figures = (effect.ranked, len(draft.standings), was.perfect, draft.perfect, was.target, draft.aim)
    return [str(figures), *(str(move) for move in effect.moves)]


def _digest(*facts: str) -> str:
    return digest(*facts).hex()[:32]


def decide_clusters(
    session: Session,
    actor: Actor,
    round: Round,
    numbers: Collection[int],
    ground: ExclusionReason | None,
    *,
    seen: str,
    reason: str,
    now: datetime,
    kept: Collection[UUID] = (),
    approval: Approval | None = None,
    between: Step = nothing,
) -> list[EntryCluster]:
    """Exclude all entries of clusters but the *kept* ones for *ground*, or keep all with None, as one version of the
    results; record it for each cluster with its *reason*.

    *seen* is the digest of the approved preview, of just these clusters and kept entries; *approval* the second
    person's, None where one person decides alone. The target of the next version counts recognised entries alone.
    *between* is called between the steps, where a caller that must not hold up other writers commits.

    Raises:
        Changed: the preview has changed.
        NothingToDo: a cluster was decided so already, or every entry is to be kept of those to exclude.
        LookupError: there is no such cluster.
    """
    decision, found = EXCLUDED if ground else KEPT, list[ClusterPreview]()

    def preview() -> Preview | None:
        found[:] = [_approved(session, round, numbers, ground, kept, seen)]
        return found[0].effect if ground or found[0].is_excluded else None

    effect = rank_correction(session, round, preview, now=now, between=between)
    clusters, left_in = list_numbered(session, round, numbers), found[0].left_in
    about = of_clusters(round, clusters, decision)
    approval = approval or approve_alone(session, actor, QuizAction.CLUSTER_DECIDE, about, reason=reason, now=now)
    after: dict[str, Plain] = {"left_in": left_in} if ground and left_in else {}
    if effect:
        result = store_exclusions(session, round, effect, ground, approval=approval, now=now)
        after |= {"version": result.version, "target": result.target, "ground": ground and ground.value}
    _record_decisions(session, actor, round, clusters, decision, after, approval=approval, reason=reason, now=now)
    return clusters


def _approved(
    session: Session,
    round: Round,
    numbers: Collection[int],
    ground: ExclusionReason | None,
    kept: Collection[UUID],
    seen: str,
) -> ClusterPreview:
    """Return the preview of a decision that is still the approved one, and still to be made."""
    clusters, decision = list_numbered(session, round, numbers), EXCLUDED if ground else KEPT
    shown = preview_clusters(session, round, clusters, kept)
    if shown.digest_for(ground) != seen:
        raise Changed
    is_decided = any(each.decision == decision for each in clusters)
    if is_decided or (ground and shown.left_in == sum(each.size for each in clusters)):
        raise NothingToDo
    return shown


def _record_decisions(
    session: Session,
    actor: Actor,
    round: Round,
    clusters: Sequence[EntryCluster],
    decision: str,
    after: Mapping[str, Plain],
    *,
    approval: Approval,
    reason: str,
    now: datetime,
) -> None:
    """Store the decision on clusters, and record it under each cluster's own name."""
    facts = {"decision": decision, **after, **agreement(approval)}
    for each in clusters:
        before: dict[str, Plain] = {"decision": each.decision}
        each.decision, each.decided_at, each.approval = decision, now, approval
        about = of_cluster(round, each)
        record(session, actor, QuizAction.CLUSTER_DECIDE, about, before=before, after=facts, reason=reason, now=now)
