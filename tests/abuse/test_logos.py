"""Invalid logos are refused with 415 and plain words, and the served picture is never the uploaded file."""

import pytest
from sqlalchemy import select

from account.rules.permissions import Role
from commune.models import Logo
from tests.abuse.test_headers import sign_in
from tests.support import images
from tests.support.images import file_of, sign
from tests.support.staff import COOKIE, TOKEN

LIST = "/quan-tri/bieu-trung/"
SCRIPT = b"<script>alert(document.cookie)</script>"
NO_LOGOS = {
    "logo.svg": images.SVG,
    "logo.png": images.archive(),
    "bom.png": images.bomb(),
    "hai-trong-mot.png": file_of(sign()) + images.archive(),
    "hai-trong-mot.webp": file_of(sign(), "WEBP") + SCRIPT,
    "loi.gif": images.GIF_SCRIPT,
    "anh.heic": images.HEIC,
    "../../logo.png\x00.svg": images.SVG,
    "": b"x",
}


@pytest.fixture
def page(served, visitor):
    """Return the address of the form for the unit of the served office, with the visitor as its administrator."""
    address = f"{LIST}{sign_in(served, visitor, Role.ADMINISTRATOR)}"
    visitor.get(address)
    visitor.http.cookies.delete(COOKIE, domain="")  # the server's cookie holds the form's secret
    return address


def send(visitor, page, content, name="logo.png", kind="image/png"):
    token = TOKEN.search(visitor.get(page).html)[1]
    files = {"picture": (name, content, kind)}
    return visitor.answer(visitor.http.post(page, data={"csrf_token": token}, files=files))


@pytest.mark.parametrize(("name", "content"), NO_LOGOS.items(), ids=list(NO_LOGOS))
def test_a_file_that_is_no_picture_is_refused_on_its_form_and_not_stored(served, visitor, page, name, content):
    before = served.count(Logo)

    answer = send(visitor, page, content, name)

    assert answer.status == (415 if name else 422)
    assert "Xin xem lại:" in answer.text
    assert served.count(Logo) == before


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/octet-stream"])
def test_the_name_of_a_picture_changes_nothing(served, visitor, page, kind):
    answer = send(visitor, page, images.with_notes(sign()), "a.html", kind)

    reply = visitor.http.get(address(served))
    assert answer.status == 302
    assert (reply.status_code, reply.headers["Content-Type"]) == (200, "image/png")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert b"script" not in reply.content


def test_a_script_behind_a_jpeg_is_not_served(served, visitor, page):
    send(visitor, page, file_of(sign(), "JPEG") + SCRIPT)

    with served.session() as session:
        kept = session.execute(select(Logo.large, Logo.small)).all()
    assert visitor.http.get(address(served)).content in {small for _, small in kept}
    assert not any(b"script" in png for pair in kept for png in pair)


def address(served):
    with served.session() as session:
        newest = session.scalars(select(Logo).order_by(Logo.set_at.desc())).first()
        return f"/bieu-trung/{newest.digest}.png"


def test_an_upload_without_signing_in_is_refused(served, visitor, page):
    visitor.http.cookies.clear()

    answer = visitor.http.post(page, files={"picture": ("a.png", file_of(sign()), "image/png")})

    assert answer.status_code == 401


def test_a_large_body_without_permission_is_refused_like_any_form(served, visitor, page):
    sign_in(served, visitor, Role.MANAGER)

    answer = visitor.http.post(page, files={"picture": ("a.png", bytes(2_000_000), "image/png")})

    assert answer.status_code == 413
