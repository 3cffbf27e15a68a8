"""Read both rooms for the front page and for the staff's home."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from account.models import Account, Approval
from account.queries.approval import list_own_refused, list_own_waiting, list_waiting, subjects_waiting
from commune.models import Office
from commune.queries.offices import list_offices
from core.values.week import local_date
from quiz.contest import queries as contests
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.queries import unit_requests
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.schedule import Phase
from quiz.persons.queries.renewal import Renewal, list_renewals
from quiz.results.queries.due import count_to_call, list_asked_clusters, list_due_clusters
from quiz.results.queries.objections import count_waiting, find_period
from survey.counter.queries.counters import list_printing_offices
from survey.rating.queries.batches import count_undecided
from survey.rating.queries.tally import has_released

RECENTLY = timedelta(days=7)
"""How long a refused request is shown to its requester."""
SOON = timedelta(hours=24)
"""How long before its end a round is among the tasks of the day."""
WRITTEN_BY = timedelta(days=7)
"""How long before a round opens its questions should be ready."""
OF_ROUND = ("quiz.round", "quiz.contacts", "quiz.entry", "quiz.question", "quiz.winner")
"""Kinds of approval subjects that belong to a round of a contest."""


class SetupStep(StrEnum):
    """The steps to the first rating, in order."""

    OFFICE = "office"
    COUNTER = "counter"
    RATING = "rating"
    FIGURES = "figures"
    """The last one, which needs no deed: the first figures are released."""


class ContestStep(StrEnum):
    """The steps to the first participant of a contest, in order."""

    PLAN = "plan"
    OPEN = "open"
    INVITE = "invite"


@dataclass(frozen=True)
class Task:
    """A round of a contest that waits for a person, and what it needs."""

    contest: Contest
    round: Round
    need: Phase
    is_late: bool
    """Whether the announced hour of the publication has passed."""
    is_blank: bool = False
    """Whether its questions are still to be written."""
    to_call: int = 0
    """People of a published round who are still to be called."""
    reviewing: bool = False
    """Whether clusters of its review are not decided on, so that no call may be made."""
    objections: int = 0
    """Objections to its published results that wait for an answer."""
    undecided: int = 0
    """Those of them for which no decision waits for a second person."""
    is_to_finalise: bool = False
    """Whether the period to object to its published results is over and they are not final."""

    @property
    def ends_on(self) -> date:
        """The last day on which papers are taken."""
        return local_date(self.round.closes_at - timedelta(milliseconds=1))


def holds_illustrative(session: Session) -> bool:
    """Whether any office has ratings of the demo."""
    return session.scalar(select(Office.id).where(Office.is_illustrative).limit(1)) is not None


@dataclass(frozen=True)
class DataHolder:
    """A holder of personal data, the contest or survey, and its hotline."""

    name: str
    what: str
    hotline: str


def list_holders(session: Session) -> list[DataHolder]:
    """Return the organisers of contests, newest first; the host of a survey and a draft hold no personal data."""
    public = contests.list_contests(session, wanted=contests.PUBLIC)
    return [DataHolder(each.organiser, each.title, each.hotline) for each in public]


def tasks(session: Session, units: frozenset[int], now: datetime) -> list[Task]:
    """Return what waits for a person in *units*, oldest first: rounds to close, to publish, or about to open without
    questions; winners of a correction who are still to be called.

    A round that ends within `SOON` is included, since paper entries must be entered before it is closed. A round whose
    publication waits for an approval is not, nor is a contest that was called off, nor a draft, nor a trial, whose
    entries count nowhere.
    """
    found, to_call, reviews = [], count_to_call(session), _reviews(session, units, local_date(now))
    objections = count_waiting(session)
    asked = subjects_waiting(session, "quiz.round", QuizAction.ROUND_PUBLISH, local_date(now))
    owned = [contest for contest in contests.list_contests(session, units) if not contest.is_trial]
    ready = contests.rounds_with_questions(session, [round.id for contest in owned for round in contest.rounds])
    for contest in owned:
        for round in contest.rounds:
            need = contests.phase_of(round, now)
            is_due = need in (Phase.ENDED, Phase.CLOSED) and round.published_at is None and str(round.id) not in asked
            is_blank = (
                need in (Phase.UPCOMING, Phase.OPEN) and round.id not in ready and round.opens_at - now <= WRITTEN_BY
            )
            is_owed = (is_due and contest.takes_papers) or (is_blank and contest.called_off_at is None)
            is_ending = need is Phase.OPEN and round.closes_at - now <= SOON and contest.takes_papers
            is_to_finalise = need is Phase.PUBLISHED and _waits_to_be_final(session, round, now)
            if is_owed or is_ending or is_to_finalise or round.id in to_call or round.id in objections:
                is_late = is_due and now >= round.results_at
                calls, doubts = to_call.get(round.id, 0), reviews.get(round.id, 0)
                answers, reviewing = objections.get(round.id, 0), round.id in reviews
                about = (is_late, is_blank, calls, reviewing, answers, doubts, is_to_finalise)
                found.append(Task(contest, round, need, *about))
    return sorted(found, key=lambda task: (task.round.closes_at, task.contest.id))


def _waits_to_be_final(session: Session, round: Round, now: datetime) -> bool:
    """Whether the objection period of a published *round* is over, it is not final, and no second person is asked."""
    if round.finalised_at is not None or round.contest.called_off_at is not None:
        return False
    period = find_period(session, round, now)
    if period is None or period.is_open:
        return False
    return str(round.id) not in subjects_waiting(session, "quiz.round", QuizAction.ROUND_FINALISE, local_date(now))


def unit_moves(session: Session, units: frozenset[int]) -> list[tuple[Contest, int]]:
    """Return the contests in *units* with requests for another unit that wait, each with their number."""
    counts = unit_requests.count_undecided(session) if units else {}
    owned = contests.list_contests(session, units) if counts else []
    return [(contest, counts[contest.id]) for contest in owned if contest.id in counts]


def set_apart(session: Session, units: frozenset[int], today: date) -> list[tuple[Office, int]]:
    """Return the offices in *units* with ratings set apart that wait for a decision, each with its number of batches;
    the most first.
    """
    counts = count_undecided(session, units, today) if units else {}
    offices = session.scalars(select(Office).where(Office.id.in_(counts))) if counts else ()
    return sorted(((office, counts[office.id]) for office in offices), key=lambda pair: (-pair[1], pair[0].id))


def _reviews(session: Session, units: frozenset[int], today: date) -> dict[int, int]:
    """Return by round with undecided clusters how many of these wait for no second person."""
    asked = list_asked_clusters(list_waiting(session, units, today))
    found = dict[int, int]()
    for round_id, number in list_due_clusters(session):
        found[round_id] = found.get(round_id, 0) + ((round_id, number) not in asked)
    return found


def to_answer(session: Session, account: Account, units: frozenset[int], today: date) -> list[Approval]:
    """Return the requests in *units* that wait for an answer of *account*, whose own are not among them: first those
    for a personal code, since a participant waits for it, then the oldest.
    """
    waiting = list_waiting(session, units, today) if units else []
    asked = [each for each in waiting if each.asked_by_id != account.id]
    return sorted(asked, key=lambda each: each.action != QuizAction.CODE_RENEW)


def own_waiting(session: Session, account: Account, today: date) -> list[tuple[Approval, Round | None]]:
    """Return the approvals that *account* requested and waits for, each with its round, if any."""
    return [(each, _round_of(session, each)) for each in list_own_waiting(session, account, today)]


def own_refused(session: Session, account: Account, now: datetime) -> list[Approval]:
    """Return the approvals that *account* requested and that were refused, or failed, in the last week."""
    return list_own_refused(session, account, now - RECENTLY)


def ready_renewals(session: Session, account: Account, now: datetime) -> list[Renewal]:
    """Return the personal codes that *account* may make now, since a second person agreed."""
    return [each for each in list_renewals(session, account, now) if each.may_be_made(now)]


def _round_of(session: Session, approval: Approval) -> Round | None:
    """Return the round that is the subject, or whose contacts are; None for other subjects."""
    id = approval.subject_id.partition(":")[0]
    return session.get(Round, int(id)) if approval.kind in OF_ROUND and id.isdecimal() else None


def first_steps(session: Session, units: frozenset[int], today: date) -> tuple[SetupStep | None, Office | None]:
    """Return the step to the first figures that waits in *units*, and its office; None once figures are released, and
    for an empty *units*. Ratings that wait change nothing.
    """
    if not units or has_released(session, units, today):
        return None, None
    offices = list_offices(session, units, part=slice(0, 1))
    if not offices:
        return SetupStep.OFFICE, None
    ready = list_printing_offices(session, units)
    if not ready:
        return SetupStep.COUNTER, offices[0]
    return SetupStep.RATING, session.get(Office, ready[0])


def contest_steps(session: Session, units: frozenset[int]) -> tuple[ContestStep | None, Contest | None]:
    """Return the step to the first participant that waits in *units*, and the newest contest; None once somebody has
    registered, and for an empty *units*.
    """
    if not units:
        return None, None
    people = select(Participant.id).join(Contest, Contest.id == Participant.contest_id)
    people = people.where(
        Contest.unit_id.in_(units), Contest.trial_of_id.is_(None), Participant.is_rehearsal.is_(False)
    )
    if session.scalar(people.limit(1)) is not None:
        return None, None
    newest = contests.list_contests(session, units, part=slice(0, 1))
    if not newest:
        return ContestStep.PLAN, None
    return (ContestStep.OPEN if newest[0].is_draft else ContestStep.INVITE), newest[0]
