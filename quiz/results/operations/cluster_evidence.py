"""Read the evidence of a cluster for a reason."""

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from quiz.attempt.models import Attempt, AttemptEvidence, Entry
from quiz.contest.models import Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import ClusterEntry
from quiz.results.operations.audit_subjects import of_cluster
from quiz.results.queries.review import get_cluster


@dataclass(frozen=True)
class EvidenceLine:
    """The evidence of an entry: when it was begun; the device and the address as numbers of this page alone."""

    begun_at: datetime
    device: int | None
    address: int | None


def open_evidence(
    session: Session, actor: Actor, round: Round, number: int, *, reason: str, now: datetime
) -> dict[UUID, EvidenceLine]:
    """Return the evidence of a cluster's entries by participant, numbered in the order in which they were begun, and
    record who read it.

    The hashes are not returned: which entries share a device or an address is all that may be known.

    Raises:
        LookupError: there is no such cluster.
    """
    cluster = get_cluster(session, round, number)
    query = (
        select(Attempt.participant_id, Attempt.started_at, AttemptEvidence)
        .join(Entry, Entry.attempt_id == Attempt.id)
        .join(ClusterEntry, ClusterEntry.participant_id == Entry.participant_id)
        .outerjoin(AttemptEvidence, AttemptEvidence.attempt_id == Attempt.id)
        .where(Entry.round_id == round.id, ClusterEntry.round_id == round.id, ClusterEntry.number == number)
        .order_by(Attempt.started_at, Attempt.id)
    )
    devices, addresses = _Numbers(), _Numbers()
    lines = {
        participant_id: EvidenceLine(
            begun_at,
            devices.of(kept.device_hash if kept else None),
            addresses.of(kept.address_hash if kept else None),
        )
        for participant_id, begun_at, kept in session.execute(query)
    }
    record(session, actor, QuizAction.EVIDENCE_OPEN, of_cluster(round, cluster), reason=reason, now=now)
    return lines


class _Numbers:
    """Numbers for hashes, in the order in which they come."""

    def __init__(self) -> None:
        self._known: dict[bytes, int] = {}
        self._next = count(1)

    def of(self, hash: bytes | None) -> int | None:
        """Return the number of *hash*, a new one for a new hash."""
        if hash is None:
            return None
        if hash not in self._known:
            self._known[hash] = next(self._next)
        return self._known[hash]
