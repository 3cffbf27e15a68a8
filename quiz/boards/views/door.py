"""A contest's front page: its state, what one can do now, its prizes, rules and weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from commune.models import Unit
from commune.queries.logos import digest_of
from core import qr
from core.values.dates import deadline, moment
from core.values.text import N_
from core.web.arrival import arrived_at
from core.web.extensions import db
from core.web.reply_cache import keep_reply
from core.web.sharing import public_address
from quiz.attempt.queries.attempt import milliseconds
from quiz.attempt.views.entry import takes_cards, takes_phone_codes
from quiz.attempt.views.together import find_awaited
from quiz.boards.labels.board import FIGURE_UNIT
from quiz.boards.views.door_turnout import newest_winners, turnout_of
from quiz.boards.views.posters import has_posters
from quiz.contest import queries as contests
from quiz.contest.labels.amendments import amendment_changes
from quiz.contest.labels.published import published_sentences
from quiz.contest.labels.rounds import round_name, round_words
from quiz.contest.labels.rule_cards import RuleCard, rule_cards
from quiz.contest.models import Contest, Round
from quiz.contest.queries.amendments import list_amendments
from quiz.contest.queries.entering import units_by
from quiz.contest.rules.schedule import Phase, RoundDay, TimeLeft, days_of, time_left
from quiz.contest.views import blueprint, contest_or_404, typed_address
from quiz.results.queries.review import list_under_review

SOON = timedelta(days=1)
"""How long before a round opens the page counts down to it."""
LEADERS, WINNERS = 4, 6
"""Units of the board, and winners of a finished contest, that the front page shows."""


class DoorState(StrEnum):
    """The state of a contest as its front page shows it."""

    CALLED_OFF = "called-off"
    REHEARSAL = "rehearsal"
    OPEN = "open"
    PREPARING = "preparing"
    COMING = "coming"
    WAITING = "waiting"
    OVER = "over"


MARK = {Phase.OPEN: "on", Phase.UPCOMING: "", Phase.PUBLISHED: "past"}
"""How a round is marked in the line of steps; one that is over without results waits for them."""
UNSEEN = (DoorState.CALLED_OFF, DoorState.REHEARSAL)
"""States without a turnout to show."""
STATE_LINE: dict[DoorState, str] = {
    DoorState.CALLED_OFF: N_("Cuộc thi đã hủy"),
    DoorState.REHEARSAL: N_("Ban Tổ chức đang thử, chưa tính"),
    DoorState.OPEN: N_("%(round)s đang mở, nhận bài đến %(until)s"),
    DoorState.PREPARING: N_("%(round)s sắp mở"),
    DoorState.COMING: N_("%(round)s mở lúc %(opens)s"),
    DoorState.WAITING: N_("Đã hết giờ nhận bài, chờ kết quả %(round)s"),
    DoorState.OVER: N_("Đã có kết quả"),
}


@dataclass(frozen=True)
class RoundStep:
    """A round as a step of the contest: its phase, its last day, and its place in the line of steps."""

    round: Round
    phase: Phase
    last_day: datetime
    mark: str


@dataclass(frozen=True)
class FrontPage:
    """The front page of a contest; `round` is the one that is open, prepared, next or waited for."""

    state: DoorState
    round: Round | None
    weeks: Sequence[RoundStep]
    left: TimeLeft | None
    days: Sequence[RoundDay]
    published: Round | None
    papers: Sequence[Round] = ()
    """The open papers, where one week has several."""
    units: Sequence[Unit] = ()
    """The units that take part in that round."""

    @property
    def until_ms(self) -> int:
        """The moment that `left` counts down to, in milliseconds since the epoch; 0 without one."""
        goal = _goal(self.state, self.round)
        return milliseconds(goal) if self.left and goal else 0

    @property
    def has_begun(self) -> bool:
        """Whether a week has opened: before, there is neither a board nor a result."""
        return any(week.phase is not Phase.UPCOMING for week in self.weeks)

    @property
    def can_enter(self) -> bool:
        """Whether papers are taken now, of the week or of a rehearsal."""
        return self.state in (DoorState.OPEN, DoorState.REHEARSAL)


@blueprint.get("/<slug>")
def contest(slug: str) -> str:
    """Show the contest: its state, its prizes, rules and weeks."""
    keep_reply()
    contest, now = contest_or_404(slug), arrived_at()
    page = front_page(contest, now)
    return render_template(
        "quiz/boards/contest.html",
        contest=contest,
        now=now,
        page=page,
        line=state_line(page),
        **_turnout(contest, page, now),
        reviewing=list_under_review(db.session, contest) if _is_reviewed(page) else (),
        cards=_cards(contest, page),
        logo=digest_of(db.session, contest.unit_id),
        **_rule_words(contest, page),
        takes_phone_codes=takes_phone_codes(contest) and contest.called_off_at is None,
        takes_cards=takes_cards(contest) and contest.called_off_at is None,
        awaited=find_awaited(contest, now) if page.state is DoorState.COMING else None,
        **_invitation(contest),
    )


def _turnout(contest: Contest, page: FrontPage, now: datetime) -> dict[str, object]:
    """Return the turnout and, of a finished contest, the winners, with how many of them are shown."""
    return {
        "turnout": None if page.state in UNSEEN else turnout_of(contest, now),
        "newest": newest_winners(page.published) if page.state is DoorState.OVER and page.published else None,
        "leaders": LEADERS,
        "winners": WINNERS,
        "figure_unit": FIGURE_UNIT,
    }


def front_page(contest: Contest, now: datetime) -> FrontPage:
    """Return what the front page of *contest* shows at *now*."""
    weeks = [_week(round, contests.phase_of(round, now)) for round in contest.rounds]
    state, round = _state(contest, weeks, now)
    published = [week.round for week in weeks if week.phase is Phase.PUBLISHED]
    opened = round if state is DoorState.OPEN else None
    goal = _goal(state, round)
    return FrontPage(
        state=state,
        round=round,
        weeks=weeks,
        left=time_left(goal, now) if goal and (opened or goal - now < SOON) else None,
        days=days_of(contests.span_of(opened), now) if opened else (),
        published=published[-1] if published else None,
        papers=_papers(weeks) if opened else (),
        units=units_by(contest, round.number if round else None),
    )


def _goal(state: DoorState, round: Round | None) -> datetime | None:
    """Return the moment that people wait for: the close of an open round, the opening of a coming one; else None."""
    if round is None or state not in (DoorState.OPEN, DoorState.COMING):
        return None
    return round.closes_at if state is DoorState.OPEN else round.opens_at


def _papers(weeks: Sequence[RoundStep]) -> list[Round]:
    running = [week.round for week in weeks if week.phase is Phase.OPEN and week.round.has_questions]
    return running if len(running) > 1 else []


def state_line(page: FrontPage) -> str:
    """Return the state of a contest in one line, for the description of its address and its picture."""
    round, values = page.round, dict[str, object]()
    if round is not None:
        named = round_words(round) if page.state is DoorState.WAITING else round_name(round)
        values = {"round": named, "until": deadline(round.closes_at), "opens": moment(round.opens_at)}
    return str(_(STATE_LINE[page.state], **values))


def _state(contest: Contest, weeks: Sequence[RoundStep], now: datetime) -> tuple[DoorState, Round | None]:
    if contest.called_off_at is not None:
        return DoorState.CALLED_OFF, None
    opened = contests.find_open_round(db.session, contest, now)
    if contest.is_rehearsal:
        return DoorState.REHEARSAL, opened
    if opened is not None:
        return DoorState.OPEN, opened
    by_phase = {week.phase: week.round for week in reversed(weeks)}
    if Phase.OPEN in by_phase:
        return DoorState.PREPARING, by_phase[Phase.OPEN]
    if Phase.UPCOMING in by_phase:
        return DoorState.COMING, by_phase[Phase.UPCOMING]
    waiting = by_phase.get(Phase.ENDED) or by_phase.get(Phase.CLOSED)
    return (DoorState.WAITING, waiting) if waiting else (DoorState.OVER, None)


def _week(round: Round, phase: Phase) -> RoundStep:
    mark = MARK.get(phase, "waits")
    return RoundStep(round, phase, round.closes_at - timedelta(milliseconds=1), mark)


def _is_reviewed(page: FrontPage) -> bool:
    return any(week.phase is Phase.CLOSED for week in page.weeks)


def _rule_words(contest: Contest, page: FrontPage) -> dict[str, object]:
    """Return the rules that hold in sentences, and the amendments."""
    return {
        "rule_sentences": published_sentences(contest, _rules(contest, page)),
        "changes": amendment_changes(list_amendments(db.session, contest), contest),
    }


def _rules(contest: Contest, page: FrontPage) -> dict[str, Any]:
    """Return the rules of the round that the page is about: an amendment may hold from a later one on."""
    return page.round.rules if page.round else contest.rules


def _cards(contest: Contest, page: FrontPage) -> list[RuleCard]:
    shown = page.round or page.published or next(iter(contest.rounds), None)
    if shown is None or not shown.has_questions:
        return []
    return rule_cards(
        _rules(contest, page), questions=shown.asked, minutes=shown.limit_seconds // 60, is_weekly=contest.is_weekly
    )


def _invitation(contest: Contest) -> dict[str, object]:
    """Return the page's public address as typed and as a QR code, and whether there are sheets to print; nothing while
    it opens on this machine alone.
    """
    path = url_for("quiz.contest", slug=contest.slug)
    if not public_address():
        return {}
    drawn = qr.svg(public_address(path), title=_("Mã QR của trang cuộc thi %(title)s", title=contest.title))
    shown = Markup(drawn)  # noqa: S704 - drawn by us
    return {"invitation": shown, "short_address": typed_address(contest), "posters": has_posters(contest)}
