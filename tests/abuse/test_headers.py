"""Headers of every public and staff page, and data that the server's log must not hold."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy import select

from account.operations.account import create_account
from account.rules.permissions import Role
from commune.models import Office, Unit
from core import clock
from core.values.codes import in_fours
from tests.abuse.test_strange_text import register
from tests.factories import PASSWORD, make_attempt, make_contest
from tests.support.served import round_of
from tests.support.staff import COOKIE, cookie_of

NOT_PAGES = ("/static/", "/quan-tri/dang-xuat")


def crawl(visitor, start):
    """Return every page of ours linked from *start*, by address."""
    found, waiting = {}, list(start)
    while waiting:
        path = waiting.pop()
        if path in found or path.startswith(NOT_PAGES):
            continue
        found[path] = answer = visitor.get(path)
        if answer.status == 302:
            waiting.append(answer.headers["Location"])
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        for link in answer.page.links:
            parts = urlsplit(urljoin(f"{visitor.url}{path}", link))
            if f"{parts.scheme}://{parts.netloc}" == visitor.url:
                waiting.append(parts.path)
    return found


def rate_six_times(served, visitor):
    for _ in range(6):
        visitor.post(served.rating, served.rating_form(visitor).filled(level=5, comment="Nhanh <b>"))


def test_every_public_page_is_fit(served, visitor):
    rate_six_times(served, visitor)

    found = crawl(visitor, ["/", served.rating, f"/thi/{served.lam_binh}", "/nope", f"/thi/{served.vcnet}/dang-ky"])

    assert len(found) > 10
    assert {path: answer.status for path, answer in found.items() if answer.status != 200} == {"/nope": 404}


def sign_in(served, visitor, role):
    """Sign in an account with *role* in the unit of the served office; return that unit's id."""
    email = f"{role}-{clock.now().timestamp()}@lang-nghe.example"
    with served.session() as session:
        unit = session.scalars(select(Unit).join(Office).where(Office.slug == served.office)).one()
        create_account(session, email=email, name="Cán bộ", password=PASSWORD, role=role, unit=unit, now=clock.now())
        id = unit.id
    visitor.http.cookies.set(COOKIE, cookie_of(served.app, email))
    return id


@pytest.mark.parametrize("role", list(Role))
def test_every_staff_page_is_fit(served, visitor, role):
    rate_six_times(served, visitor)
    unit_id = sign_in(served, visitor, role)
    with served.session() as session:
        contest = make_contest(session, unit=session.get_one(Unit, unit_id), weeks=1)
        make_attempt(session, served.keyring, round_of(session, contest.slug))
        slug = contest.slug

    found = crawl(visitor, ["/quan-tri/", f"/quan-tri/cuoc-thi/{slug}", f"/quan-tri/danh-gia/{served.office}"])

    assert {path: answer.status for path, answer in found.items() if answer.status not in {200, 302, 403}} == {}
    assert sum(answer.status == 200 for answer in found.values()) > 5
    kept = {path for path, answer in found.items() if answer.headers["Cache-Control"] != "no-store"}
    assert [path for path in kept if path.startswith("/quan-tri/")] == []


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("room", ["danh-gia/them", "danh-gia/{office}/quay/them", "cuoc-thi/them"])
def test_a_staff_form_sent_empty_or_strange_is_shown_again_in_vietnamese(served, visitor, room, role):
    sign_in(served, visitor, role)
    path = f"/quan-tri/{room.format(office=served.office)}"
    page = visitor.get(path)
    token = [("csrf_token", page.page.form().value("csrf_token"))] if page.status == 200 else []

    statuses = {visitor.post(path, pairs).status for pairs in ([], token, token + STRANGE)}

    assert statuses <= {200, 422} or statuses == {403}


STRANGE = [
    (name, "<script>\u202e9")
    for name in ("unit", "units", "name", "host", "number", "preset", "first_day", "weeks", "limit_minutes", "tiers")
]


def test_the_styles_of_a_page_are_those_that_its_policy_allows(served, visitor):
    answer = visitor.get(served.rating)

    assert answer.html.count("<style>") == 1
    assert len(re.findall(r"'sha256-[^']+'", answer.headers["Content-Security-Policy"])) == 1
    assert re.findall(r"<script(?! src=)", answer.html) == []


def test_static_files_are_cached_forever_and_have_a_fixed_type(served, visitor):
    sources = [link for link in visitor.get(served.rating).page.links if link.startswith("/static/")]

    for source in sources:
        headers = visitor.get(source).headers
        assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "?v=" in source


def test_a_missing_static_file_is_not_kept(served, visitor):
    assert "immutable" not in visitor.get("/static/js/nope.js").headers["Cache-Control"]


def test_a_posted_page_is_kept_nowhere(served, visitor):
    answer = visitor.post(served.rating, served.rating_form(visitor).filled(level=5))

    assert answer.headers["Cache-Control"] == "no-store"


FORGED = {
    "X_Forwarded_Proto": "https",
    "X_Forwarded_Prefix": "/evil",
    "Forwarded": "host=evil.example",
    "X_Script_Name": "/e",
}


def test_a_qr_code_is_built_from_the_settings_alone(served, visitor):
    sign_in(served, visitor, Role.MANAGER)
    path = f"/quan-tri/danh-gia/{served.office}/quay/2/ma-qr.svg"
    honest = visitor.get(path)

    forged = [visitor.get(path, **FORGED), visitor.get(path, Host="localhost:9"), visitor.get(path, Host="127.0.0.1:1")]

    assert (honest.status, honest.headers["Content-Type"][:13]) == (200, "image/svg+xml")
    assert {answer.html for answer in forged} == {honest.html}


def test_no_page_is_built_from_a_forged_prefix(served, visitor):
    html = visitor.get(served.rating, **FORGED).html

    assert "evil" not in html
    assert "https://" not in html


def test_the_log_holds_no_phone_no_name_and_no_code(served, visitor):
    phone, name = "0967123987", "Quàng Thị Nhật Ký"
    registered = register(visitor, served.lam_binh, phone=phone, name=name)
    paper = served.begin(visitor, served.lam_binh, registered.receipt)
    sent = visitor.post(paper.action, paper.filled(guess=3))
    visitor.post(paper.action, paper.filled(guess=4, q1=f"{name}\x1b[31m\r\nERROR giả"))
    visitor.post(paper.action, paper.filled(guess=4, start=sent.receipt))
    visitor.get(f"/thi/tra-cuu?code={sent.receipt}")
    visitor.get(f"/{phone}/{name}")

    codes = [registered.receipt, sent.receipt]
    for secret in [phone, name, paper.value("start"), paper.value("key"), *codes, *map(in_fours, codes)]:
        assert secret not in served.log
    assert "ERROR giả" not in served.log
    assert "\x1b" not in served.log
