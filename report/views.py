"""The front page, the page of lookups, and the pages about privacy and accessibility."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, Response, render_template
from flask_babel import gettext

from commune.queries.offices import find_hotline
from core.charts.bars import Spark, spark
from core.charts.diverging import diverging
from core.retention import rules
from core.share_card import ShareCard
from core.values.content import shown
from core.web.arrival import arrived_at
from core.web.extensions import db, keyring, settings
from core.web.reply_cache import keep_reply
from core.web.sharing import picture_of, picture_reply, public_host
from quiz.boards.labels.board import FIGURE_UNIT
from quiz.boards.queries.latest import LatestResults, find_latest_results
from quiz.boards.views.door import FrontPage, front_page
from quiz.boards.views.door_turnout import round_board, shown_prizes
from quiz.contest import queries as contests
from quiz.contest.models import Contest
from quiz.results.queries.turnout import people_by_contest
from report import queries
from survey.figures.queries.office_list import ListedOffice, read_office_list
from survey.figures.rules.trend import MonthPoint
from survey.figures.views.list_page import names_of, suggested_names
from survey.figures.views.model import ascending
from survey.rating.rules.release import release_day

OF_PEOPLE = frozenset({"contacts", "names", "requests", "comments"})
"""The retention rules about people that the page about privacy lists; the others are on the staff's page."""
SHOWN_OFFICES, SHOWN_LEADERS, SHOWN_CONTESTS = 5, 3, 3
"""How many offices, communes of a contest, and contests beside the leading one the front page names."""
MINUTE = 60
"""How long the front page is kept: rounds open and close at whole minutes, and the time left is said in minutes."""
FLAT = 0.06
"""The least height of a course in shares, so that small changes do not look large."""

blueprint = Blueprint("report", __name__)


class ShareCourse(NamedTuple):
    """The share month by month as a small drawing, its first and last month, its lowest and its highest share."""

    line: Spark
    first: MonthPoint
    last: MonthPoint
    low: float
    high: float


class ShownContest(NamedTuple):
    """An open contest, its front page, and the people of its closed weeks."""

    contest: Contest
    door: FrontPage
    people: int


class SampleQuestion(NamedTuple):
    """A question of a published round, its right answer, and the explanation."""

    text: str
    answer: str
    explanation: str


@blueprint.get("/")
def home() -> str:
    """Show the open contest, the share of satisfied ratings with its course, a search, and the newest winners."""
    keep_reply(seconds=MINUTE)
    now = arrived_at()
    offices = read_office_list(db.session, release_day(now))
    return render_template(
        "report/home.html",
        **_contests(now),
        offices=offices,
        bar=diverging([("", ascending(offices.card))]) if offices.card else None,
        **_names(offices.rows),
        shown=_most_rated(offices.rows),
        course=_course(offices.trend),
        **_latest(now),
        is_illustrative=queries.holds_illustrative(db.session),
        hotline=find_hotline(db.session),
    )


def _contests(now: datetime) -> dict[str, object]:
    """Return the open contest with the most people, a few others that are open, and those to come.

    The people are those of the weeks that are closed; of equal contests the one that closes first leads.
    """
    opened = [contest for contest, _round in contests.list_open_contests(db.session, now)]
    people = people_by_contest(db.session, [each.id for each in opened])
    doors = [ShownContest(each, front_page(each, now), people.get(each.id, 0)) for each in opened]
    ranked = sorted(doors, key=lambda each: (-each.people, each.door.until_ms, each.contest.id))
    others = sorted(ranked[1:], key=lambda each: (each.door.until_ms, -each.people))
    return {
        "leading": ranked[0] if ranked else None,
        "others": others[:SHOWN_CONTESTS],
        "upcoming": contests.list_upcoming_contests(db.session, now),
    }


def _latest(now: datetime) -> dict[str, object]:
    """Return the newest published results with what the page shows of them."""
    latest = find_latest_results(db.session, keyring(), now)
    return {
        "latest": latest,
        "prizes": shown_prizes(latest.round, latest.outcome) if latest else [],
        "sample": _sample(latest) if latest else None,
        "board": round_board(latest.round.contest, latest.round, now) if latest else None,
        "figure_unit": FIGURE_UNIT,
        "leaders": SHOWN_LEADERS,
    }


@picture_of("")
@blueprint.get("/anh.png")
def home_picture() -> Response:
    """Send the picture of the front page, which pages without one of their own have too."""
    return picture_reply(_home_card)


def _home_card() -> ShareCard:
    lines = (gettext("Đánh giá ở quầy, cuộc thi hằng tuần, kết quả ai cũng xem được."),)
    return ShareCard(gettext("Ông/bà nói, xã lắng nghe"), lines, brand=settings().brand, address=public_host())


@blueprint.get("/tra-cuu")
def lookup() -> str:
    """Show the three things that a person can look up with a code, and what each code is."""
    keep_reply()
    return render_template("report/lookup.html", hotline=find_hotline(db.session))


@blueprint.get("/tro-nang")
def accessibility() -> str:
    """Show how far the pages can be used by everybody, what is known not to work, and where to say so."""
    keep_reply()
    return render_template("report/accessibility.html", hotline=find_hotline(db.session))


@blueprint.get("/quyen-rieng-tu")
def privacy() -> str:
    """Show who holds which data about people, for what purpose, how long, and the rights of a person."""
    keep_reply(seconds=MINUTE)
    shown = [rule for rule in rules(db.session) if rule.code in OF_PEOPLE]
    holders, hotline = queries.list_holders(db.session), find_hotline(db.session)
    return render_template("report/privacy.html", holders=holders, rules=shown, hotline=hotline)


def _names(rows: Sequence[ListedOffice]) -> dict[str, object]:
    """Return the short names of the listed offices by id, and what the search for a place suggests."""
    offices = [row.office for row in rows]
    names = names_of(offices)
    return {"names": names, "suggested": suggested_names(names.values(), offices)}


def _most_rated(rows: Sequence[ListedOffice]) -> list[ListedOffice]:
    """Return the offices with the most ratings, those without figures last."""
    return sorted(rows, key=lambda row: -(row.card.n if row.card else 0))[:SHOWN_OFFICES]


def _course(trend: Sequence[MonthPoint]) -> ShareCourse | None:
    """Return the course of the months that have a share; None for fewer than two of them."""
    known = [point for point in trend if point.share is not None]
    shares = [point.share or 0.0 for point in known]
    if len(known) < 2:
        return None
    low, high = min(shares), max(shares)
    middle, half = (low + high) / 2, max(high - low, FLAT) / 2
    return ShareCourse(spark(shares, foot=middle - half, top=middle + half), known[0], known[-1], low, high)


def _sample(latest: LatestResults) -> SampleQuestion | None:
    """Return the shortest question of the published round that was not made void, to try without an entry."""
    known = [each for each in latest.round.questions if not each.is_void]
    if not known:
        return None
    question = min(known, key=lambda each: len(each.text))
    answers = [shown(choice.text) for choice in question.choices if choice.letter in question.key]
    return SampleQuestion(question.text, "; ".join(answers), question.explanation or question.source)
