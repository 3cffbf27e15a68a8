"""The arrival of a request: the trusted front proxy's stamp, else the moment it entered this application.

The stamp makes a paper count as in time however long the workers were busy. The proxy sets
`X-Request-Start: t=<seconds>.<milliseconds>`, as nginx writes `t=${msec}`, or the same without the dot, as Caddy does.
"""

import re
from datetime import UTC, datetime, timedelta

from flask import Flask, Request, g, request

from core import clock
from core.web.extensions import settings

STAMP = re.compile(r"t=(\d{10})\.?(\d{3})")
LONGEST_WAIT = timedelta(minutes=1)
"""A stamp older than this comes from a wrong clock or a replay, not from a queue."""


def arrived_at() -> datetime:
    """Return the arrival of the present request, UTC, in whole milliseconds."""
    moment: datetime = g.arrived_at
    return moment


def arrived_after(start: datetime) -> datetime:
    """Return the arrival of a form whose page was sent at *start*.

    A stamp from before that moment is of a wrong clock: then our own clock counts, and where that one was set back too,
    the start itself.
    """
    return arrived_at() if arrived_at() >= start else max(g.entered_at, start)


def stamp(request: Request, entered: datetime, trusted: frozenset[str]) -> datetime:
    """Return the proxy's stamp when *request* comes from a *trusted* address and the stamp is credible, else
    *entered*.
    """
    match = STAMP.fullmatch(request.headers.get("X-Request-Start", ""))
    if match is None or request.remote_addr not in trusted:
        return entered
    stamped = datetime.fromtimestamp(int(match[1]), UTC) + int(match[2]) * clock.MILLISECOND
    return stamped if entered - LONGEST_WAIT <= stamped <= entered else entered


def init_app(app: Flask) -> None:
    """Stamp every request before any other handler, once its body has been read.

    Otherwise one could open a request, answer at leisure and send the answers afterwards. A proxy that buffers bodies
    stamps when it has the whole body; without its stamp the end of our own reading counts.
    """

    @app.before_request
    def stamp_arrival() -> None:
        g.arrived_at = clock.now()  # for the error page of a body that is too large
        request.get_data()
        g.entered_at = clock.now()
        g.arrived_at = stamp(request, g.entered_at, settings().trusted_proxies)
