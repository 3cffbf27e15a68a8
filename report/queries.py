"""What both rooms have for the front page and for the staff's day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from account.models import Account, Approval
from account.queries.approval import list_own_waiting, subjects_waiting
from commune.models import Office
from commune.queries.offices import count_offices, list_offices
from core.values.week import local_date, monday_of
from quiz.contest import queries as contests
from quiz.contest.models import Contest, Round
from quiz.contest.rules.actions import Action
from quiz.contest.rules.schedule import Phase
from quiz.results.queries.correction import rounds_to_call
from survey.counter.queries.counters import list_printing_offices
from survey.figures.queries.figures import cards_by_office
from survey.figures.queries.newness import list_office_counters, new_offices
from survey.figures.rules.scorecard import Scorecard
from survey.rating.queries.tally import has_ratings

MOST_OFFICES = 8
"""Offices that the front page lists; of more it offers to find one."""


SOON = timedelta(hours=24)
"""How long before its end a week is among what needs somebody today."""
WRITTEN_BY = timedelta(days=7)
"""Before a week opens its questions ought to stand; one that opens later is not yet today's work."""
OF_ROUND = ("quiz.round", "quiz.contacts", "quiz.entry", "quiz.question")
"""Kinds of things to be agreed to that belong to a week of a contest."""


class Step(StrEnum):
    """What has to be there before the first rating comes in, in its order."""

    OFFICE = "office"
    COUNTER = "counter"
    RATING = "rating"
    RATED = "rated"
    """The first one is there: said for the rest of its week, no more than that, and never how many."""


@dataclass(frozen=True)
class Task:
    """Something that waits for a person: a round of a contest and what it needs."""

    contest: Contest
    round: Round
    need: Phase
    is_late: bool
    """Whether the hour has passed that was announced for the publication."""
    is_blank: bool = False
    """Whether its questions are still to be written."""


def open_contests(session: Session, now: datetime) -> list[tuple[Contest, Round]]:
    """Contests whose week is open, with that week; a week without questions opens to nobody."""
    running = {contest: round for contest in _going_on(session, now) if (round := _find_running(contest, now))}
    ready = contests.rounds_with_questions(session, [round.id for round in running.values()])
    return [(contest, round) for contest, round in running.items() if round.id in ready]


def upcoming_contests(session: Session, now: datetime) -> list[tuple[Contest, Round]]:
    """Contests that are neither open nor past, with the week that is due or comes next."""
    is_open = {contest.id for contest, _round in open_contests(session, now)}
    rest = [contest for contest in _going_on(session, now) if contest.id not in is_open]
    return [(contest, next(round for round in contest.rounds if round.closes_at > now)) for contest in rest]


def _going_on(session: Session, now: datetime) -> list[Contest]:
    return [contest for contest in contests.list_current_contests(session, now) if contest.takes_papers]


def called_off_contests(session: Session, now: datetime) -> list[Contest]:
    """Contests that were called off and would still go on: whoever looks for one is to find what became of it."""
    return [contest for contest in contests.list_current_contests(session, now) if contest.called_off_at]


def _find_running(contest: Contest, now: datetime) -> Round | None:
    return next((round for round in contest.rounds if round.opens_at <= now < round.closes_at), None)


def past_contests(session: Session, now: datetime) -> list[Contest]:
    """Contests whose last week is over."""
    return contests.list_past_contests(session, now)


Front = tuple[int, list[tuple[Office, Scorecard | None]], frozenset[int]]


def front_offices(session: Session, today: date) -> Front:
    """How many offices there are, each with what may be shown of it, and which are in their first week; none of them
    where a front page has no room."""
    count = count_offices(session)
    offices = list_offices(session) if count <= MOST_OFFICES else []
    counters = list_office_counters(session, offices)
    cards = cards_by_office(session, offices, counters, today)
    new = new_offices(offices, counters, today)
    return count, [(office, cards[office.id]) for office in offices], new


def holds_illustrative(session: Session) -> bool:
    """Whether ratings of the demo are among those that the front page leads to."""
    return session.scalar(select(Office.id).where(Office.is_illustrative).limit(1)) is not None


@dataclass(frozen=True)
class Controller:
    """Who holds people's data, for which contest or survey, and the number to call."""

    name: str
    what: str
    hotline: str


def list_holders(session: Session) -> list[Controller]:
    """Whoever runs a contest, the newest first; the host of a survey holds no data of anybody, nor does a draft."""
    public = contests.list_contests(session, wanted=contests.PUBLIC)
    return [Controller(each.organiser, each.title, each.hotline) for each in public]


def tasks(session: Session, units: frozenset[int], now: datetime, limit: int = 3) -> list[Task]:
    """What waits for a person in *units*, the oldest first: weeks to close, to publish, or about to open
    without questions; winners of a correction who are still to be called.

    A week that ends within `SOON` is told of too: paper entries have to be in before it is closed.

    A week whose publication waits for somebody else's answer needs nothing more from here, nor does a contest that was
    called off; nothing comes in to a draft, so it has nothing to close.
    """
    found, to_call = [], rounds_to_call(session)
    asked = subjects_waiting(session, "quiz.round", Action.ROUND_PUBLISH, local_date(now))
    owned = contests.list_contests(session, units)
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
            if is_owed or is_ending or round.id in to_call:
                found.append(Task(contest, round, need, is_due and now >= round.results_at, is_blank))
    return sorted(found, key=lambda task: (task.round.closes_at, task.contest.id))[:limit]


def own_waiting(session: Session, account: Account, today: date, limit: int) -> list[tuple[Approval, Round | None]]:
    """What *account* asked a second person for and waits for, each with the week that it is about, if any."""
    return [(each, _round_of(session, each)) for each in list_own_waiting(session, account, today, limit)]


def _round_of(session: Session, approval: Approval) -> Round | None:
    """Its subject is a week, or somebody's look at the contacts of one."""
    id = approval.subject_id.partition(":")[0]
    return session.get(Round, int(id)) if approval.kind in OF_ROUND and id.isdecimal() else None


def first_steps(session: Session, units: frozenset[int], today: date) -> tuple[Step | None, Office | None]:
    """The step on the way to the first rating that waits in *units*, with the office it waits at; RATED for the rest
    of the week in which the first one came, then None, as where one has no say over offices."""
    if not units or has_ratings(session, units, before=monday_of(today)):
        return None, None
    if has_ratings(session, units):
        return Step.RATED, None
    offices = list_offices(session, units, part=slice(0, 1))
    if not offices:
        return Step.OFFICE, None
    ready = list_printing_offices(session, units)
    if not ready:
        return Step.COUNTER, offices[0]
    return Step.RATING, session.get(Office, ready[0])
