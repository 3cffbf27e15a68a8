"""The weeks of a contest for the calendar of a phone."""

from datetime import timedelta

from flask import Response, url_for
from flask_babel import gettext as _

from core.values.dates import deadline
from core.values.ics import CalendarEvent, calendar_file
from core.web.arrival import arrived_at
from core.web.extensions import settings
from core.web.sharing import public_address
from quiz.contest.models import Contest, Round
from quiz.contest.views import blueprint, contest_or_404

MORNING, EVENING = timedelta(hours=7, minutes=30), timedelta(hours=-4)
"""When a calendar reminds: on the morning after a week's opening at midnight, and on the evening before its close."""


@blueprint.get("/<slug>/lich.ics")
def calendar(slug: str) -> Response:
    """Send the openings and closes of the weeks that are still to come, for the calendar of a phone."""
    contest, now = contest_or_404(slug), arrived_at()
    rounds = [] if contest.called_off_at else contest.rounds
    events = (event for round in rounds for event in _events(contest, round))
    content = calendar_file([event for event in events if event.starts_at > now], made_at=now)
    reply = Response(content, content_type="text/calendar; charset=utf-8")
    reply.headers["Content-Disposition"] = f'attachment; filename="{contest.slug}.ics"'
    return reply


def _events(contest: Contest, round: Round) -> list[CalendarEvent]:
    address = public_address(url_for("quiz.contest", slug=contest.slug))
    name, host = f"{contest.slug}-{round.number}", settings().public_host
    return [
        CalendarEvent(
            f"mo-{name}@{host}",
            round.opens_at,
            round.opens_at + timedelta(hours=1),
            _("Tuần %(number)s mở: %(title)s", number=round.number, title=contest.title),
            _("Vào thi bằng mã cá nhân."),
            address,
            MORNING,
        ),
        CalendarEvent(
            f"dong-{name}@{host}",
            round.closes_at - timedelta(hours=1),
            round.closes_at,
            _("Tuần %(number)s sắp đóng: %(title)s", number=round.number, title=contest.title),
            _("Nhận bài đến %(moment)s.", moment=deadline(round.closes_at)),
            address,
            EVENING,
        ),
    ]
