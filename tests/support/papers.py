"""Begin a paper at the test client."""

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core.crypto import Keyring, new_code
from quiz.contest.models import Round
from tests.factories import make_participant
from tests.support.pages import Page


def register(session: Session, keyring: Keyring, round: Round) -> str:
    """Register a participant of the contest of *round*, and return the personal code."""
    code = new_code()
    make_participant(session, keyring, round.contest, code=code)
    session.commit()
    return code


def begin(client: FlaskClient, round: Round, code: str, *, lang: str = "vi") -> str:
    """Begin a paper by the personal code, and return its page."""
    return enter(client, round, code, lang=lang).text


def enter(
    client: FlaskClient, round: Round, code: str, *, lang: str = "vi", headers: dict[str, str] | None = None
) -> TestResponse:
    """Send the personal code, with *headers*, and return the reply."""
    path = f"/thi/{round.contest.slug}/vao-thi" + ("" if lang == "vi" else f"?lang={lang}")
    form = Page(client.get(path).text).form()
    return client.post(path, data=dict(form.filled(code=code)), headers=headers)
