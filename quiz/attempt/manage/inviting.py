"""Bring a contest to the people: its link, its code, its sheets, a text to send, how many are still to take part."""

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from core import clock, qr
from core.values.dates import day, deadline
from core.values.language import DEFAULT, use
from core.web.access import may, requires
from core.web.extensions import db
from core.web.letters import public_link
from core.web.sharing import public_address
from quiz.attempt.queries.eligible import roster_turnout
from quiz.contest.labels.rounds import round_name
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.models import Contest, Round
from quiz.contest.views import typed_address


@blueprint.get("/<slug>/moi")
@requires("contest.see")
def invite(slug: str) -> str:
    """Show what brings people to a contest."""
    contest = contest_or_404(slug)
    round = _present_round(contest)
    is_shown = contest.takes_papers and not contest.is_trial and bool(public_address())
    link = public_link("quiz.contest", slug=slug)
    turnout = roster_turnout(db.session, round) if may("contest.manage") else []
    return render_template(
        "quiz/attempt/manage/inviting.html",
        contest=contest,
        round=round,
        is_shown=is_shown,
        link=link,
        short=typed_address(contest),
        drawn=_drawn(contest, link) if is_shown else "",
        text=_invitation(contest, round, link),
        listed=sum(line.listed for line in turnout),
        left=sum(line.left for line in turnout),
    )


def _present_round(contest: Contest) -> Round:
    """Return the round that is open or comes next; the last one where all are over."""
    now = clock.now()
    return next((round for round in contest.rounds if round.closes_at > now), contest.rounds[-1])


def _drawn(contest: Contest, link: str) -> Markup:
    title = _("Mã QR của trang cuộc thi %(title)s", title=contest.title)
    return Markup(qr.svg(link, title=title))  # noqa: S704 - drawn by us


def _invitation(contest: Contest, round: Round, link: str) -> str:
    """Return the invitation as a message: in Vietnamese on every page, since it is sent and read out to citizens."""
    with use(DEFAULT):
        return _text(contest, round, link)


def _text(contest: Contest, round: Round, link: str) -> str:
    said = [
        _("Kính mời bà con dự thi “%(title)s”.", title=str(contest.title)),
        _(
            "%(round)s nhận bài từ ngày %(opens)s đến %(closes)s.",
            round=str(round_name(round)),
            opens=day(round.opens_at),
            closes=deadline(round.closes_at),
        ),
        _("Vào thi bằng điện thoại: %(link)s", link=link),
    ]
    return "\n".join([*said, _("Cần hỏi, xin gọi %(phone)s.", phone=contest.hotline)] if contest.hotline else said)
