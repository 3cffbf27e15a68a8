"""A form that comes when the session is over: kept, shown again after the sign-in, and sent by a person's tap.

What is shown again is the form's own page, as it answers a form whose token is stale (B28): the view is asked as if
the form had come without a token, so that it can do nothing but say what was typed. The browser's signed cookie says
whose it is and where to find it; whoever else signs in at the same computer never sees it.
"""

import uuid

from flask import Flask, Response, flash, g, request, session
from flask.globals import request_ctx
from flask_babel import gettext as _
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException

from core import clock
from core.crypto import digest
from core.unsent import MOST, Unsent, drop_unsent, find_unsent, keep_unsent
from core.web.access import present_owner
from core.web.extensions import db, keyring
from core.web.guard import host_of

MARK = "unsent"
"""In the signed cookie: of what is kept, the latest last, a hash of the address and the id."""
WHO = "last"
"""In the signed cookie: whose session it was, that may be over by now."""
SECRETS = frozenset({"password", "again", "present", "code"})
"""Fields that are never kept: passwords and codes."""
TOKEN = "csrf_token"  # noqa: S105 - a field's name
LARGEST = 64 * 1024


def keep_sent() -> Unsent | None:
    """Keep the form that came now for whoever was signed in in this browser; None where there is nothing to keep.

    Only what our own page sent is kept, and no more than a person types.
    """
    owner, length = session.get(WHO), request.content_length
    if request.method != "POST" or not owner or not is_from_our_page() or length is None or length > LARGEST:
        return None
    sent = [(name, value) for name, value in request.form.items(multi=True) if name != TOKEN]
    pairs = [(name, value) for name, value in sent if name not in SECRETS]
    has_files = any(file.filename for file in request.files.values())
    unsent = Unsent(_address(), pairs, is_incomplete=has_files or any(value for _, value in set(sent) - set(pairs)))
    id = keep_unsent(db.session, keyring(), unsent, owner=owner, now=clock.now())
    db.session.commit()
    session[MARK] = [*_marks(other_than=unsent.path), [_at(unsent.path), id.hex]][-MOST:]
    return unsent


def is_from_our_page() -> bool:
    """Whether the browser says that a page of ours sent this; a browser that says nothing is not believed here."""
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site") == "same-origin"
    return host_of(origin) == request.host


def waiting_address() -> str | None:
    """Where the latest form that waits for whoever is signed in now was sent; None if none does."""
    found = (_find(id) for _at, id in reversed(session.get(MARK, [])))
    return next((unsent.path for unsent in found if unsent is not None), None)


def begin_anew() -> None:
    """Empty the cookie of everything but where unsent forms are: what is kept is its owner's alone anyway."""
    marks = session.get(MARK)
    session.clear()
    if marks:
        session[MARK] = marks


def _marks(*, other_than: str) -> list[list[str]]:
    return [[at, id] for at, id in session.get(MARK, []) if at != _at(other_than)]


def _find(id: str) -> Unsent | None:
    owner = present_owner()
    return find_unsent(db.session, keyring(), uuid.UUID(id), owner=owner, now=clock.now()) if owner else None


def _look() -> None:
    """Before a staff page: show again what is kept for its address; forget that once the form is sent."""
    if request.method not in ("GET", "POST") or not request.path.startswith("/quan-tri/") or not session.get(MARK):
        return
    here = [id for at, id in session[MARK] if at == _at(_address())]
    unsent = _find(here[0]) if here else None
    if unsent is None:
        return
    if request.method == "POST":
        _forget()
        return
    try:
        rule, values = request_ctx.url_adapter.match(method="POST", return_rule=True)  # type: ignore[union-attr]
    except HTTPException:
        return
    request.url_rule, request.view_args, request.routing_exception = rule, dict(values), None
    request.method = "POST"
    request.__dict__.update(form=ImmutableMultiDict(unsent.pairs), files=ImmutableMultiDict())
    g.shown_again = unsent


def _after(response: Response) -> Response:
    """A button without a form leads back to its page: say there that it was not done; never twice."""
    if "shown_again" in g and 300 <= response.status_code < 400:
        _forget()
        flash(_("Phiên đăng nhập đã hết giờ nên việc vừa bấm chưa được làm. Xin bấm lại."), "warning")
    g.pop("shown_again", None)
    return response


def _forget() -> None:
    owner = present_owner() or ""
    for at, id in session[MARK]:
        if at == _at(_address()):
            drop_unsent(db.session, uuid.UUID(id), owner=owner)
    session[MARK] = _marks(other_than=_address())
    db.session.commit()


def _address() -> str:
    return request.full_path if request.query_string else request.path


def _at(path: str) -> str:
    return digest(path)[:9].hex()


def init_app(app: Flask) -> None:
    """Look before each view of *app*, after the guards at its door."""
    app.before_request(_look)
    app.after_request(_after)
