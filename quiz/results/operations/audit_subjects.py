"""Results, entries and questions as subjects of audit entries, and the recorded values."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from account.operations.audit import Subject
from account.rules.chain import Plain
from core.values.kept import kept
from core.values.text import N_
from quiz.contest.models import Contest, Round
from quiz.contest.operations.audit_subjects import of_contest, of_round
from quiz.results.labels import EXCLUSION_REASON
from quiz.results.models import EntryCluster, Result, Winner
from quiz.results.queries.correction import EntryDetails
from quiz.results.queries.remark import VOID
from quiz.results.rules.corrections import ExclusionReason
from quiz.results.rules.decisions import EXCLUDED
from quiz.results.rules.draws import TieGroup

_PAPER = kept(N_("Bài hạng %(rank)s"))
_CLUSTER = kept(N_("Cụm %(number)s (%(size)s bài), %(words)s"))
_EXCLUDED = kept(N_("Không công nhận %(clusters)s cụm (%(size)s bài), %(words)s"))
_ONE_EXCLUDED = kept(N_("Không công nhận cụm %(number)s (%(size)s bài), %(words)s"))
_ONE_KEPT = kept(N_("Giữ cụm %(number)s (%(size)s bài), %(words)s"))
_KEPT = kept(N_("Giữ %(clusters)s cụm (%(size)s bài), %(words)s"))
_SEAT = kept(N_("Hạng %(rank)s, %(words)s"))
_SEASON_SEAT = kept(N_("Hạng %(rank)s cả cuộc thi, %(words)s"))
_TIE = kept(N_("Bốc thăm hạng %(rank)s, %(words)s"))
_FRONT = kept(N_("20 bài đầu, %(words)s"))


class Placed(Protocol):
    """A person with a rank in a round, or over a whole contest."""

    @property
    def participant_id(self) -> uuid.UUID:
        """The id of the person."""

    @property
    def rank(self) -> int:
        """Their rank, in their bloc."""


def of_paper(round: Round, paper: EntryDetails) -> Subject:
    """Return an entry as the audit trail names it: by its rank, without a name."""
    whole = of_round(round)
    words = _PAPER % {"rank": paper.line.rank} if paper.line else N_("Bài không được công nhận")
    return Subject("quiz.entry", f"{round.id}:{paper.entry.participant_id}", f"{words}, {whole.words}", whole.unit_id)


def of_cluster(round: Round, cluster: EntryCluster) -> Subject:
    """Return a cluster of a round's review as the audit trail names it: by its number and size."""
    whole = of_round(round)
    words = _CLUSTER % {
        "number": cluster.number,
        "size": cluster.size,
        "words": whole.words,
    }
    return Subject("quiz.cluster", f"{round.id}:{cluster.number}", words, whole.unit_id)


def of_clusters(round: Round, clusters: Sequence[EntryCluster], decision: str) -> Subject:
    """Return several clusters, on which one *decision* is requested, as a subject; one alone as `of_cluster` does."""
    if len(clusters) == 1:
        return of_cluster(round, clusters[0])
    whole, size = of_round(round), sum(each.size for each in clusters)
    wording = _EXCLUDED if decision == EXCLUDED else _KEPT
    words = wording % {"clusters": len(clusters), "size": size, "words": whole.words}
    return Subject("quiz.clusters", f"{round.id}:{decision}", words, whole.unit_id)


def of_asked(round: Round, clusters: Sequence[EntryCluster], decision: str) -> Subject:
    """Return `of_clusters` as a request names it: with its *decision* for one cluster too."""
    about = of_clusters(round, clusters, decision)
    if len(clusters) != 1:
        return about
    one, wording = clusters[0], _ONE_EXCLUDED if decision == EXCLUDED else _ONE_KEPT
    return replace(about, words=wording % {"number": one.number, "size": one.size, "words": of_round(round).words})


def of_called(round: Round, seat: Placed) -> Subject:
    """Return a person in line for a prize as the audit trail names them: by their rank; the name is sealed beside."""
    whole = of_round(round)
    return Subject(
        "quiz.participant",
        seat.participant_id,
        _SEAT % {"rank": seat.rank, "words": whole.words},
        whole.unit_id,
    )


def of_season_seat(contest: Contest, seat: Placed) -> Subject:
    """Return a person with a prize of the whole contest, or in line for one, as `of_called` does."""
    whole = of_contest(contest)
    words = _SEASON_SEAT % {"rank": seat.rank, "words": whole.words}
    return Subject("quiz.participant", seat.participant_id, words, whole.unit_id)


def of_seat(round: Round, seat: Winner) -> Subject:
    """Return a seat in line for a prize as the subject of a request, by its rank."""
    person = of_called(round, seat)
    return Subject("quiz.winner", f"{round.id}:{seat.participant_id}", person.words, person.unit_id)


def of_tie(round: Round, group: TieGroup) -> Subject:
    """Return the draw among those of one rank, and bloc, as a subject."""
    whole, rank = of_round(round), group.rank
    return Subject(
        "quiz.draw", f"{round.id}:{group.bloc}:{rank}", _TIE % {"rank": rank, "words": whole.words}, whole.unit_id
    )


def of_front(round: Round, account_id: int) -> Subject:
    """Return the contacts of the front of a round's standings, as requested by one account, as a subject."""
    whole = of_round(round)
    return Subject("quiz.contacts", f"{round.id}:{account_id}", _FRONT % {"words": whole.words}, whole.unit_id)


def closed(result: Result) -> dict[str, Plain]:
    """Return the figures of a round at its close."""
    return {"state": "closed", "turns": result.turns, "people": result.people, "perfect": result.perfect}


def recognition(reason: str | None) -> dict[str, Plain]:
    """Return whether an entry is recognised; *reason* is the ground of its exclusion, None when it is recognised."""
    words = EXCLUSION_REASON[reason] if reason else None
    return {"state": "excluded" if reason else "recognised", "ground": words}


def excluded(result: Result, reason: ExclusionReason | None) -> dict[str, Plain]:
    """Return an entry's new recognition and the version of the results that holds it."""
    return recognition(reason.value if reason else None) | {"version": result.version, "target": result.target}


def key_words(fix: str) -> str:
    """Return a re-mark's key in words."""
    return N_("bỏ câu, ai cũng được tính đúng") if fix == VOID else ", ".join(fix)


def remarked(result: Result, fix: str) -> dict[str, Plain]:
    """Return the key of a re-mark and the figures of the new version."""
    return {"key": key_words(fix), "version": result.version, "target": result.target, "perfect": result.perfect}
