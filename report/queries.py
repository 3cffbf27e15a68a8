"""What both rooms have for the front page and for the staff's day."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from account.queries.approval import subjects_waiting
from account.rules.actions import Action
from commune.models import Office
from core.values.week import local_date
from quiz.models import Contest, Round
from quiz.queries import contest as contests
from quiz.queries.correction import rounds_to_call
from quiz.rules.schedule import Phase
from survey import queries as survey
from survey.rules.scorecard import Scorecard

MOST_OFFICES = 8
"""Offices that the front page lists; of more it offers to find one."""


class Step(StrEnum):
    """What has to be there before the first rating comes in, in its order."""

    OFFICE = "office"
    COUNTER = "counter"
    RATING = "rating"


@dataclass(frozen=True)
class Task:
    """Something that waits for a person: a round of a contest and what it needs."""

    contest: Contest
    round: Round
    need: Phase
    is_late: bool
    """Whether the hour has passed that was announced for the publication."""


def open_contests(session: Session, now: datetime) -> list[tuple[Contest, Round]]:
    """Contests whose week is open, with that week; a week without questions opens to nobody."""
    found, ready = [], contests.rounds_with_questions(session)
    for contest in contests.list_contests(session):
        running = _find_running(contest, now)
        if running is not None and running.id in ready:
            found.append((contest, running))
    return found


def upcoming_contests(session: Session, now: datetime) -> list[tuple[Contest, Round]]:
    """Contests that are neither open nor past, with the week that is due or comes next."""
    found, ready = [], contests.rounds_with_questions(session)
    for contest in contests.list_contests(session):
        running, left = _find_running(contest, now), [round for round in contest.rounds if round.closes_at > now]
        if left and (running is None or running.id not in ready):
            found.append((contest, left[0]))
    return found


def _find_running(contest: Contest, now: datetime) -> Round | None:
    return next((round for round in contest.rounds if round.opens_at <= now < round.closes_at), None)


def past_contests(session: Session, now: datetime) -> list[Contest]:
    """Contests whose last week is over."""
    return [
        contest for contest in contests.list_contests(session) if contest.rounds and contest.rounds[-1].closes_at <= now
    ]


def front_offices(session: Session, today: date) -> tuple[int, list[tuple[Office, Scorecard | None]]]:
    """How many offices there are, and each with what may be shown of it; none where a front page has no room."""
    count = survey.count_offices(session)
    offices = survey.list_offices(session) if count <= MOST_OFFICES else []
    cards = survey.cards_by_office(session, offices, today)
    return count, [(office, cards[office.id]) for office in offices]


@dataclass(frozen=True)
class Holder:
    """Who holds people's data, for which contest or survey, and the number to call."""

    name: str
    what: str
    hotline: str


def list_holders(session: Session) -> list[Holder]:
    """Whoever runs a contest, the newest first; the host of a survey holds no data of anybody."""
    return [Holder(each.organiser, each.title, each.hotline) for each in contests.list_contests(session)]


def tasks(session: Session, units: frozenset[int], now: datetime, limit: int = 3) -> list[Task]:
    """What waits for a person in *units*, the oldest first: weeks to close, to publish, or without questions; winners
    of a correction who are still to be called.

    A week whose publication waits for somebody else's answer needs nothing more from here.
    """
    found, ready = [], contests.rounds_with_questions(session)
    to_call = rounds_to_call(session)
    asked = subjects_waiting(session, "quiz.round", Action.ROUND_PUBLISH, local_date(now))
    for contest in contests.list_contests(session, units):
        for round in contest.rounds:
            need = contests.phase_of(round, now)
            is_due = need in (Phase.ENDED, Phase.CLOSED) and round.published_at is None and str(round.id) not in asked
            is_blank = need in (Phase.UPCOMING, Phase.OPEN) and round.id not in ready
            if is_due or is_blank or round.id in to_call:
                found.append(Task(contest, round, need, is_late=is_due and now >= round.results_at))
    return sorted(found, key=lambda task: (task.round.closes_at, task.contest.id))[:limit]


def first_steps(session: Session, units: frozenset[int]) -> tuple[Step | None, Office | None]:
    """The step on the way to the first rating that waits in *units*, with the office it waits at; None once there is a
    rating, or where one has no say over offices."""
    if not units or survey.has_ratings(session, units):
        return None, None
    offices = survey.list_offices(session, units, part=slice(0, 1))
    if not offices:
        return Step.OFFICE, None
    ready = survey.list_printing_offices(session, units)
    if not ready:
        return Step.COUNTER, offices[0]
    return Step.RATING, session.get(Office, ready[0])
