"""The pictures that messengers show beside the addresses of a contest, its board and its published rounds."""

from flask import Response, abort
from flask_babel import gettext as _

from core.share_card import ShareCard
from core.values.content import shown
from core.values.dates import day
from core.values.numbers import thousands
from core.web.arrival import arrived_at
from core.web.extensions import db, settings
from core.web.sharing import picture_of, picture_reply, public_host
from quiz.boards.views.door import DoorState, front_page, state_line
from quiz.contest import queries as contests
from quiz.contest.labels.rounds import round_words
from quiz.contest.models import Contest
from quiz.contest.rules.presets import GuessTarget
from quiz.contest.rules.schedule import Phase
from quiz.contest.views import blueprint, contest_or_404
from quiz.results.queries import result as results
from quiz.results.queries import turnout

INVITING = {DoorState.OPEN, DoorState.PREPARING, DoorState.COMING}
"""The states in which a contest takes people."""


@picture_of("quiz.contest", "quiz.register", "quiz.enter")
@blueprint.get("/<slug>/anh.png")
def contest_picture(slug: str) -> Response:
    """Send the picture of a contest: its title and its state."""
    return picture_reply(lambda: _of_contest(contest_or_404(slug)))


@picture_of("quiz.board", "quiz.honours")
@blueprint.get("/<slug>/bang/anh.png")
def board_picture(slug: str) -> Response:
    """Send the picture of a board: how many took part, up to the day that the board shows."""
    return picture_reply(lambda: _of_board(contest_or_404(slug)))


@picture_of("quiz.round_results")
@blueprint.get("/<slug>/tuan/<int:number>/anh.png")
def round_picture(slug: str, number: int) -> Response:
    """Send the picture of a published round: its people and those who were right in everything."""
    return picture_reply(lambda: _of_round(contest_or_404(slug), number))


def _of_contest(contest: Contest) -> ShareCard:
    page = front_page(contest, arrived_at())
    return _card(_("Mời bạn dự thi") if page.state in INVITING else _kind(contest), contest.title, state_line(page))


def _kind(contest: Contest) -> str:
    if len(contest.rounds) < 2:
        return str(_("Cuộc thi một đợt"))
    return str(_("Cuộc thi hằng tuần") if contest.is_weekly else _("Cuộc thi nhiều đợt"))


def _of_board(contest: Contest) -> ShareCard:
    return _card(_("Bảng xếp hạng"), contest.title, _participation(contest))


def _of_round(contest: Contest, number: int) -> ShareCard:
    round = contests.find_round(db.session, contest, number) or abort(404)
    result = results.find_result(db.session, round)
    if result is None or contests.phase_of(round, arrived_at()) is not Phase.PUBLISHED:
        abort(404)
    people, perfect = thousands(result.people), thousands(result.perfect)
    line = _("%(people)s người dự thi, %(perfect)s người đúng tất cả các câu", people=people, perfect=perfect)
    return _card(_("Kết quả %(round)s", round=round_words(round)), contest.title, line)


def _participation(contest: Contest) -> str:
    """Return how many took part; nothing while people guess that number."""
    now = arrived_at()
    guessed = any(
        round.opens_at <= now < round.closes_at and round.declared.guess_target is GuessTarget.PEOPLE
        for round in contest.rounds
    )
    if guessed:
        return ""
    board = turnout.turnout_of_contest(db.session, contest, now)
    if board.until is None:
        return str(_("%(n)s lượt dự thi", n=thousands(board.turns)))
    return str(_("%(n)s lượt dự thi đến hết %(day)s", n=thousands(board.turns), day=day(board.until)))


def _card(above: str, title: str, line: str) -> ShareCard:
    return ShareCard(shown(title), (line,) if line else (), above=above, brand=settings().brand, address=public_host())
