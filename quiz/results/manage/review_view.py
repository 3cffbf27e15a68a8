"""View model of a round's review: its clusters in words, and the figures with and without the excluded entries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.values.dates import day, duration, moment
from core.values.numbers import thousands
from core.values.text import N_
from quiz.contest.labels.guesses import guess_words
from quiz.contest.models import Round
from quiz.contest.rules.presets import GuessTarget
from quiz.results.labels import DECISION, SIGN
from quiz.results.models import EntryCluster, Result, RoundReview
from quiz.results.operations.cluster_evidence import EvidenceLine
from quiz.results.queries.review import (
    MemberEntry,
    count_clusters,
    count_excluded_members,
    count_left_out,
    count_seats,
    count_undecided,
    find_review,
    list_clusters,
    list_member_entries,
    list_undecided,
)
from quiz.results.rules.decisions import EXCLUDED, KEPT, OPEN
from quiz.results.rules.reviewed import Sign

WEAK_SHOWN = 50
"""The most weak clusters on the page."""
STRONGER: dict[str, str] = {Sign.FAST: Sign.BLIND, Sign.SEEN: Sign.DEVICE, Sign.NAMES: Sign.TWINS}
"""Signs that say no more than a stronger one that the same entries bear."""
MEMBERS_SHOWN = 300
"""The most entries of a cluster that its page lists, and that can be kept one by one."""
TITLE = N_("Cụm %(number)s: %(size)s\N{NO-BREAK SPACE}bài")
TAG = {OPEN: "warn", KEPT: "good", EXCLUDED: "bad"}


@dataclass(frozen=True)
class ClusterCard:
    """A cluster on the page: what it is, its signs with their base rates, and what excluding it would change."""

    number: int
    title: str
    tag: str
    tag_class: str
    signs: list[str]
    effect: str
    decided: str


@dataclass(frozen=True)
class ReviewView:
    """The review of a round as its page shows it."""

    entries: int
    undecided: list[ClusterCard]
    decided: list[ClusterCard]
    idle: list[ClusterCard]
    """Strong ones that need no decision: no entry is all correct or in line for a prize."""
    weak: list[ClusterCard]
    weak_total: int


@dataclass(frozen=True)
class ReviewSummary:
    """The review on the page of its round: the entries that it saw, its clusters that needed or need a decision, and
    those to be decided on.
    """

    entries: int
    clusters: int
    undecided: int


@dataclass(frozen=True)
class MemberRow:
    """An entry of a cluster on its page, without a name; `evidence` once it was opened for a reason."""

    id: UUID
    title: str
    unit: str
    facts: tuple[str, ...]
    """Its score, time and guess, which distinguish the entries of one unit."""
    is_kept: bool
    evidence: EvidenceLine | None

    @property
    def words(self) -> str:
        """The unit and the facts in one line."""
        return ", ".join((self.unit, *self.facts))

    @property
    def parts(self) -> tuple[str, ...]:
        """Every fact, with the evidence once it is open."""
        if self.evidence is None:
            return self.facts
        device, address = self.evidence.device, self.evidence.address
        traces = (
            _("máy %(n)s", n=device) if device else _("máy đã xóa"),
            _("mạng %(n)s", n=address) if address else _("mạng đã xóa"),
            _("mở đề lúc %(moment)s", moment=moment(self.evidence.begun_at)),
        )
        return (*self.facts, *map(str, traces))


def said_once(rows: Sequence[MemberRow]) -> list[str]:
    """Return the facts that all of several entries share, which a page then says once."""
    if len(rows) < 2:
        return []
    return [part for part in rows[0].parts if all(part in each.parts for each in rows)]


def member_rows(
    session: Session,
    round: Round,
    result: Result,
    cluster: EntryCluster,
    *,
    kept: Collection[UUID] = (),
    lines: Mapping[UUID, EvidenceLine] | None = None,
) -> list[MemberRow]:
    """Return the entries that the page of a cluster lists, those best ranked first."""
    entries = list_member_entries(session, result, cluster, MEMBERS_SHOWN)
    return [
        MemberRow(each.participant_id, *_member(round, at, each), each.participant_id in kept, evidence)
        for at, each in enumerate(entries, start=1)
        for evidence in [(lines or {}).get(each.participant_id)]
    ]


def _member(round: Round, number: int, entry: MemberEntry) -> tuple[str, str, tuple[str, ...]]:
    """Return the title, the unit and the facts of an entry."""
    title = _("Bài %(number)s, không có hạng", number=number)
    if entry.rank is not None:
        title = _("Bài %(number)s, hạng %(rank)s", number=number, rank=thousands(entry.rank))
    facts = [_("đúng %(n)s/%(size)s câu", n=entry.correct or 0, size=round.asked)]
    if entry.duration_ms is not None:
        facts.append(_("làm trong %(duration)s", duration=duration(entry.duration_ms)))
    if entry.guess is not None:
        facts.append(_("dự đoán %(guess)s", guess=thousands(entry.guess)))
    return str(title), entry.unit, tuple(map(str, facts))


def summary_of(session: Session, round: Round) -> ReviewSummary | None:
    """Return the summary of the review of *round*; None without one."""
    review = find_review(session, round)
    if review is None:
        return None
    counts, undecided = count_clusters(session, round), count_undecided(session, round)
    decided = sum(counts.get((True, decision), 0) for decision in (KEPT, EXCLUDED))
    return ReviewSummary(review.entries, decided + undecided, undecided)


def review_of(session: Session, round: Round, review: RoundReview, result: Result) -> ReviewView:
    """Return the view model of the page of a round's review."""
    counts, facts = count_clusters(session, round), facts_of(session, round, result)

    def cards(clusters: Iterable[EntryCluster]) -> list[ClusterCard]:
        return [card_of(round, review, result, each, facts) for each in clusters]

    strong = list_clusters(session, round, is_strong=True)
    is_open = [each for each in strong if each.decision == OPEN]
    return ReviewView(
        entries=review.entries,
        undecided=cards(each for each in is_open if each.number in facts.undecided),
        decided=cards(each for each in strong if each.decision != OPEN),
        idle=cards(each for each in is_open if each.number not in facts.undecided),
        weak=cards(list_clusters(session, round, is_strong=False, limit=WEAK_SHOWN)),
        weak_total=sum(count for (is_strong, _decision), count in counts.items() if not is_strong),
    )


class ClusterFacts(NamedTuple):
    """How many entries of each cluster are in line for a prize, and how many are excluded, by its number; the numbers
    of the clusters to be decided on.
    """

    seats: dict[int, int]
    excluded: dict[int, int]
    undecided: set[int]


def facts_of(session: Session, round: Round, result: Result) -> ClusterFacts:
    """Return the facts of the clusters of *round* that change with its results."""
    undecided = {each.number for each in list_undecided(session, round)}
    return ClusterFacts(count_seats(session, result), count_excluded_members(session, round), undecided)


def card_of(
    round: Round, review: RoundReview, result: Result, cluster: EntryCluster, facts: ClusterFacts
) -> ClusterCard:
    """Return the card of a cluster."""
    number = cluster.number
    return ClusterCard(
        number=number,
        title=str(_("Cụm %(number)s: %(size)s\N{NO-BREAK SPACE}bài", number=number, size=thousands(cluster.size))),
        tag=str(_(DECISION[cluster.decision])) if number in facts.undecided or cluster.decision != OPEN else "",
        tag_class=TAG[cluster.decision],
        signs=[_sign(round, review, *each) for each in telling(cluster)],
        effect=_effect(round, result, cluster, facts.seats.get(number, 0)),
        decided=_decided(cluster, facts.excluded.get(number, 0)),
    )


def telling(cluster: EntryCluster) -> list[tuple[str, int, int]]:
    """Return the signs of *cluster* that tell something: borne by a tenth of it, and by others than a stronger one."""
    counts = {sign: here for sign, here, _everywhere in cluster.signs}
    return [
        (sign, here, everywhere)
        for sign, here, everywhere in cluster.signs
        if here * 10 >= cluster.size and counts.get(STRONGER.get(sign, "")) != here
    ]


def _sign(round: Round, review: RoundReview, sign: str, here: int, everywhere: int) -> str:
    words = _(
        SIGN[sign],
        here=thousands(here),
        tapping=duration(review.tapping_ms),
        reading=duration(review.reading_ms),
        family=round.contest.people_per_phone,
    )
    every, among = thousands(everywhere), thousands(review.entries)
    base = _("Cả đợt có %(all)s trong %(entries)s bài như vậy.", all=every, entries=among)
    return f"{words} {base}"


def _effect(round: Round, result: Result, cluster: EntryCluster, seats: int) -> str:
    """Return in words what excluding an undecided or kept cluster would change."""
    if cluster.decision == EXCLUDED:
        return ""
    unmoved = _("không ai trong cụm có tên trong danh sách giải")
    prizes = _("%(n)s người ra khỏi danh sách giải", n=thousands(seats)) if seats else unmoved
    words = _("Nếu không công nhận cả cụm: %(prizes)s", prizes=prizes)
    moved = cluster.size if round.declared.guess_target is GuessTarget.PEOPLE else cluster.perfect
    people = result.target_people
    if result.target is None or round.published_at is not None or not (moved or people):
        return f"{words}."
    target = _(
        "con số để chấm dự đoán giảm từ %(before)s còn %(after)s",
        before=guess_words(round.declared, people).target(result.target),
        after=guess_words(round.declared, people and people - cluster.size).target(result.target - moved),
    )
    return f"{words}; {target}."


def _decided(cluster: EntryCluster, excluded: int) -> str:
    """Return the reason and the people of a decision, and how many entries it left in."""
    approval = cluster.approval
    if approval is None or cluster.decided_at is None:
        return ""
    words = [str(_("Lý do: %(reason)s", reason=approval.reason.rstrip(" .;"))), day(cluster.decided_at)]
    if approval.asked_by:
        words.append(approval.asked_by.name)
    if approval.decided_by and approval.decided_by_id != approval.asked_by_id:
        words.append(str(_("%(name)s phê duyệt", name=approval.decided_by.name)))
    if cluster.decision == EXCLUDED and excluded < cluster.size:
        words.insert(0, str(_("Giữ lại %(n)s bài", n=thousands(cluster.size - excluded))))
    return "; ".join(words) + "."


def cleaned_figures(session: Session, round: Round, result: Result) -> list[tuple[str, str]]:
    """Return the figures without the excluded entries, and the decisions of the review, for the approver."""
    out, found = count_left_out(session, round), summary_of(session, round)
    lines = []
    if out.people:
        lines.append((str(_("Người dự thi được công nhận")), thousands(result.people - out.people)))
        lines.append((str(_("Người đúng tất cả được công nhận")), thousands(result.perfect - out.perfect)))
    if found and found.clusters:
        decided = {decision: count for (strong, decision), count in count_clusters(session, round).items() if strong}
        words = _(
            "%(n)s cụm: giữ %(kept)s, không công nhận %(excluded)s",
            n=found.clusters,
            kept=decided.get(KEPT, 0),
            excluded=decided.get(EXCLUDED, 0),
        )
        lines.append((str(_("Rà soát")), str(words)))
    return lines
