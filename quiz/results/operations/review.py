"""Search a closed round for clusters, and decide on one or several of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from account.rules.chain import Plain
from core.crypto import digest
from quiz.contest.models import Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import EntryCluster
from quiz.results.operations.audit_subjects import of_cluster, of_clusters
from quiz.results.operations.correcting import rank_correction
from quiz.results.operations.exclusion import preview_exclusions, store_exclusions
from quiz.results.operations.standings import Step, nothing
from quiz.results.operations.versions import Changed, NothingToDo, Preview
from quiz.results.queries.review import (
    list_members,
    list_numbered,
)
from quiz.results.rules.corrections import ExclusionReason
from quiz.results.rules.decisions import EXCLUDED, KEPT


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
