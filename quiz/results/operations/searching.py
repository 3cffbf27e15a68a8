"""Search a round that is being closed for clusters, and store them before and with its close."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core.bulk import ReadyRows, insert_rows, make_room, without_collections
from core.crypto import Keyring
from core.db import Base
from core.packed_rows import Chosen, Column, length_of, packed_rows, part_of
from core.values.columns import Flags, IdColumn, taken
from quiz.attempt.queries.eligible import find_unranked, list_shared
from quiz.attempt.queries.round_papers import RoundPapers, read_papers
from quiz.contest.models import Round
from quiz.results.models import ClusterEntry, EntryCluster, RoundReview
from quiz.results.operations.standings import Step, nothing
from quiz.results.queries.reviewed import paper_size, read_reviewed
from quiz.results.rules.clusters import FoundClusters, find_clusters
from quiz.results.rules.decisions import OPEN
from quiz.results.rules.signs import signs_of

ROWS_AT_ONCE = 25_000
"""The rows of a piece: SQLite's one writer is held for some 150 ms by it."""


@dataclass(frozen=True)
class FoundReview:
    """The review of a round before it is stored, with the columns of its clusters and of their entries; the first
    clusters are *strong*.
    """

    review: RoundReview
    clusters: Mapping[str, Column]
    members: Mapping[str, Column]
    strong: int
    strong_members: int


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
    store_strong(session, found)
    return found.review


def store_review(session: Session, found: FoundReview, *, hold: Step = nothing, between: Step = nothing) -> None:
    """Store the review of a round that is being closed but for its strong clusters, in pieces as `store_lines` stores
    lines; replace what a close left behind which broke off. Until the round is closed nothing reads it.
    """
    hold()
    _remove(session, found.review.round_id, hold=hold, between=between)
    session.add(found.review)
    session.flush()
    between()
    for model, columns, first in _tables(found):
        for start in range(first, length_of(columns), ROWS_AT_ONCE):
            ready = _rows(session, model, columns, slice(start, start + ROWS_AT_ONCE))
            hold()
            make_room(session)
            insert_rows(session, ready)
            between()


def store_strong(session: Session, found: FoundReview) -> None:
    """Store the strong clusters of the review, which are to be decided on, with the close of their round."""
    for model, columns, first in _tables(found):
        insert_rows(session, _rows(session, model, columns, slice(0, first)))


def _tables(found: FoundReview) -> list[tuple[type[Base], Mapping[str, Column], int]]:
    """Return the tables with their columns, and how many rows are those of strong clusters, which come first."""
    return [(EntryCluster, found.clusters, found.strong), (ClusterEntry, found.members, found.strong_members)]


def _rows(session: Session, model: type[Base], columns: Mapping[str, Column], which: slice) -> ReadyRows:
    part = {name: part_of(column, which) for name, column in columns.items()}
    return packed_rows(session, model, part)


def _remove(session: Session, round_id: int, *, hold: Step, between: Step) -> None:
    """Remove the review of a round in pieces."""
    for number, mine in (
        (ClusterEntry.number, ClusterEntry.round_id == round_id),
        (EntryCluster.number, EntryCluster.round_id == round_id),
    ):
        while (first := session.scalar(select(func.min(number)).where(mine))) is not None:
            hold()
            session.execute(delete(number.class_).where(mine, number < first + ROWS_AT_ONCE // 2))
            between()
    session.execute(delete(RoundReview).where(RoundReview.round_id == round_id))


def _found(
    review: RoundReview,
    found: FoundClusters,
    is_strong: Flags,
    is_perfect: Flags,
) -> FoundReview:
    columns: dict[str, Column] = {
        "round_id": review.round_id,
        "number": np.arange(len(found)) + 1,
        "size": found.groups.sizes,
        "is_strong": is_strong.astype(np.int64),
        "perfect": found.groups.count(is_perfect),
        "signs": _signs(found),
        "decision": OPEN,
    }
    members: dict[str, Column] = {
        "round_id": review.round_id,
        "number": found.groups.numbers + 1,
        "participant_id": IdColumn.of(taken(found.refs, found.groups.places)),
    }
    strong = int(np.flatnonzero(is_strong).max(initial=-1)) + 1
    return FoundReview(review, columns, members, strong, int(found.groups.sizes[:strong].sum()))


def _signs(found: FoundClusters) -> Chosen:
    """Return the signs of each cluster as they are stored; many clusters have the same."""
    different, at = np.unique(found.here, axis=1, return_inverse=True)
    counts = map(found.counts, different.T)
    texts = [json.dumps([(each.sign.value, each.here, each.everywhere) for each in signs]) for signs in counts]
    return Chosen(at, texts)
