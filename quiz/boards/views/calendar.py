"""The weeks of a contest for the calendar of a phone."""

from datetime import datetime, time, timedelta

from flask import Response, url_for
from flask_babel import gettext as _

from core.values.dates import deadline
from core.values.ics import CalendarEvent, calendar_file
from core.values.week import VIETNAM
from core.web.arrival import arrived_at
from core.web.extensions import settings
from core.web.sharing import public_address
from quiz.contest.labels.rounds import round_name
from quiz.contest.models import Contest, Round
from quiz.contest.views import blueprint, contest_or_404

MORNING, EVENING, HOUR = time(7, 30), time(19), timedelta(hours=1)
"""When a calendar reminds: of an opening at night on the morning after it, of a close on the evening before it."""


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
            round.opens_at + HOUR,
            _("%(round)s mở: %(title)s", round=round_name(round), title=contest.title),
            _("Vào thi bằng mã cá nhân."),
            address,
            _morning(round.opens_at),
        ),
        CalendarEvent(
            f"dong-{name}@{host}",
            round.closes_at - HOUR,
            round.closes_at,
            _("%(round)s sắp đóng: %(title)s", round=round_name(round), title=contest.title),
            _("Nhận bài đến %(moment)s.", moment=deadline(round.closes_at)),
            address,
            _evening(round.closes_at - HOUR),
        ),
    ]


def _morning(opens_at: datetime) -> timedelta:
    """Return the time from an opening to its reminder: none by day, until the morning for one at night."""
    local = opens_at.astimezone(VIETNAM)
    return max(timedelta(0), datetime.combine(local, MORNING, VIETNAM) - local)


def _evening(begins_at: datetime) -> timedelta:
    """Return the time from the last hour of a round back to the evening before it."""
    local = begins_at.astimezone(VIETNAM)
    evening = datetime.combine(local, EVENING, VIETNAM)
    return (evening if evening <= local else evening - timedelta(days=1)) - local
