"""Forged requests: another host, another origin, another address, a stale form, a redirect to elsewhere."""

from datetime import timedelta
from urllib.parse import quote

import pytest

from account.rules.permissions import Role
from core import clock
from survey.rating.models import Rating
from tests.factories import PASSWORD, make_account
from tests.support.served import serve_instance
from tests.support.staff import COOKIE, cookie_of
from tests.support.visitor import Visitor

EVIL = [
    "evil.example",
    "127.0.0.1.evil.example",
    "evil.example:80",
    "[::2]",
    "127.0.0.1@evil.example",
    "x y",
    "<script>",
]


@pytest.mark.parametrize("host", EVIL)
@pytest.mark.parametrize("header", ["Host", "X_Forwarded_Host"])
def test_a_foreign_host_is_turned_away(served, visitor, header, host):
    statuses = {visitor.get(path, **{header: host}).status for path in ("/", served.rating, "/thi/nope", "/nope")}

    assert statuses == {400}


@pytest.mark.parametrize("header", ["Forwarded", "X_Original_Host", "X_Forwarded_Server", "X_Host"])
def test_no_page_is_built_from_a_header(served, visitor, header):
    for path in ("/", served.rating, f"/thi/{served.lam_binh}"):
        assert "evil.example" not in visitor.get(path, **{header: "host=evil.example"}).html


def enter(served, visitor, role):
    """Sign in an account with *role* in a unit of its own."""
    with served.session() as session:
        email = make_account(session, role=role).email
    visitor.http.cookies.set(COOKIE, cookie_of(served.app, email))


def sign_in(served, visitor, target=""):
    with served.session() as session:
        email = make_account(session, role=Role.MANAGER).email
    path = f"/quan-tri/dang-nhap?next={quote(target, safe='')}"
    return visitor.post(path, visitor.get(path).page.form().filled(email=email, password=PASSWORD))


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example", "\\\\evil.example", "/\\evil.example", "/\t/evil.example", "/%09/evil.example", "https://evil.example",
        "///evil.example", "javascript:alert(1)", "/\r\nX: y", "evil.example", "http:evil.example",
        "/ //evil", "/x//evil", "\u2215/evil",
    ],
)  # fmt: skip
def test_a_sign_in_never_leads_out(served, visitor, target):
    answer = sign_in(served, visitor, target=target)

    assert answer.status == 302
    assert answer.headers["Location"] in {"/quan-tri/", "/%09/evil.example"}


def test_a_sign_in_leads_to_a_page_of_ours(served, visitor):
    answer = sign_in(served, visitor, target="/quan-tri/danh-gia/?a=1")

    assert answer.headers["Location"] == "/quan-tri/danh-gia/?a=1"


@pytest.mark.parametrize("token", [None, "", "x", "ImEi.aaaa.bbbb", "Ω" * 50, "<script>"])
def test_a_rating_without_its_token_is_shown_again_and_accepted_at_the_next_tap(served, visitor, token):
    form, before = served.rating_form(visitor), served.count(Rating)

    stale = visitor.post(served.rating, form.filled(level=2, comment="Lâu <b>", form_token=token))

    kept = stale.page.form()
    assert stale.status == 422
    assert served.count(Rating) == before
    assert (kept.value("level"), kept.value("comment"), kept.value("key")) == ("2", "Lâu <b>", form.value("key"))
    assert visitor.post(served.rating, kept.pairs).status == 201


def test_an_overnight_paper_is_shown_again_and_accepted_at_the_next_tap(served, visitor):
    paper = served.begin(visitor, served.lam_binh)

    stale = visitor.post(paper.action, paper.filled(q1="A", q3="B", guess=48, form_token="stale"))

    kept = stale.page.form("nop-bai")
    assert stale.status == 422
    assert [kept.value(name) for name in ("q1", "q2", "q3", "guess")] == ["A", None, "B", "48"]
    assert visitor.post(kept.action, kept.pairs).status == 201


def test_an_overnight_registration_is_shown_again_and_accepted_at_the_next_tap(served, visitor):
    path = f"/thi/{served.lam_binh}/dang-ky"
    form = visitor.get(path).page.form()

    stale = visitor.post(
        path, form.filled(name="Ma Văn Tú", phone="0979000333", birth_year=1966, consent="y", form_token="stale")
    )

    assert stale.status == 422
    assert visitor.post(path, stale.page.form().pairs).status == 201


def test_a_token_of_another_form_is_none(served, visitor):
    foreign = visitor.get("/thi/tra-cuu").page.form().value("form_token")
    form = served.rating_form(visitor)

    assert form.value("form_token") != foreign
    assert visitor.post(served.rating, form.filled(level=5, form_token=foreign)).status == 422


def test_a_stale_sign_in_is_shown_again(served, visitor):
    form = visitor.get("/quan-tri/dang-nhap").page.form()

    stale = visitor.post(
        "/quan-tri/dang-nhap", form.filled(email="a@lang-nghe.example", password="x", csrf_token="stale")
    )

    assert stale.status == 422
    assert stale.page.form().value("email") == "a@lang-nghe.example"


@pytest.mark.parametrize("action", ["chot", "cong-bo"])
def test_a_staff_button_without_its_token_does_nothing(served, visitor, action):
    enter(served, visitor, Role.ORGANISER)

    answer = visitor.post(f"/quan-tri/cuoc-thi/{served.lam_binh}/tuan/1/{action}", [])

    assert answer.status in {302, 400, 404, 422}


def test_a_get_on_a_route_that_changes_data_is_not_allowed(served, visitor):
    changing = [
        f"/thi/{served.lam_binh}/tuan/1/phieu-giay",
        "/quan-tri/dang-xuat",
        f"/quan-tri/cuoc-thi/{served.lam_binh}/tuan/1/cong-bo",
    ]

    answers = [visitor.get(path) for path in changing]

    assert [(answer.status, "POST" in answer.headers["Allow"]) for answer in answers] == [(405, True)] * 3


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_other_methods_are_not_allowed(served, visitor, method):
    assert visitor.send(method, served.rating, X_HTTP_Method_Override="POST").status == 405


FOREIGN = [
    {"Origin": "https://evil.example"}, {"Origin": "http://127.0.0.1.evil.example"}, {"Origin": "http://["},
    {"Origin": "javascript:"}, {"Origin": "http://127.0.0.1:1"}, {"Sec_Fetch_Site": "cross-site"}, {"Origin": ""},
    {"Origin": "http://[::1"}, {"Origin": "x"}, {"Origin": "null"}, {"Origin": "null", "Sec_Fetch_Site": "same-site"},
    {"Origin": "null", "Sec_Fetch_Site": "cross-site"},
]  # fmt: skip


@pytest.mark.parametrize("headers", FOREIGN, ids=range(len(FOREIGN)))
def test_a_form_on_a_foreign_page_is_refused(served, visitor, headers):
    form, before = served.rating_form(visitor), served.count(Rating)

    answer = visitor.post(served.rating, form.filled(level=5), **headers)

    assert answer.status == 403
    assert served.count(Rating) == before


def test_a_citizen_with_a_foreign_form_reads_what_to_do(served, visitor):
    form = served.rating_form(visitor)

    answer = visitor.post(served.rating, form.filled(level=5), Origin="null")

    assert "Nội dung vừa gửi chưa được nhận" in answer.text
    assert "Quét lại mã QR" in answer.text
    assert "Tài khoản" not in answer.text


def test_our_own_origin_and_none_are_welcome(served, visitor):
    hidden = {"Origin": "null", "Sec_Fetch_Site": "same-origin"}
    for headers in ({"Origin": served.live.url}, hidden, {}, {"Sec_Fetch_Site": "same-origin"}):
        assert visitor.post(served.rating, served.rating_form(visitor).filled(level=5), **headers).status == 201


def test_no_page_can_be_framed(served, visitor):
    for path in ("/", served.rating, f"/thi/{served.lam_binh}", "/quan-tri/dang-nhap", "/nope"):
        assert "frame-ancestors 'none'" in visitor.get(path).headers["Content-Security-Policy"]


def test_the_stamp_and_address_of_a_stranger_are_ignored(served):
    """On an instance without a trusted proxy the connection's own address counts."""
    slug = served.new_contest()
    bare = serve_instance(served.backend, served.folder, served.database_url, TRUSTED_PROXIES="")
    with bare as other, Visitor(other.live.url) as visitor:
        paper = served.begin(visitor, slug)
        served.change_round(slug, opens_at=clock.now() - timedelta(days=1), closes_at=clock.now())
        early = clock.now() - timedelta(seconds=1)
        headers = {"X_Request_Start": f"t={int(early.timestamp())}.000", "X_Forwarded_For": "127.0.0.1"}
        spoofed = [
            visitor.post(paper.action, paper.filled(guess=1), **headers, **more).status
            for more in ({}, {"X_Real_IP": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"})
        ]

    assert spoofed == [410, 410, 410]


def test_a_forwarded_address_does_not_make_a_stamp_trusted_or_not(served, visitor):
    slug = served.new_contest()
    paper = served.begin(visitor, slug)
    close = clock.now()
    served.change_round(slug, closes_at=close)
    just_before = close - clock.MILLISECOND

    answer = visitor.post(
        paper.action,
        paper.filled(guess=1),
        X_Request_Start=f"t={int(just_before.timestamp())}.{just_before.microsecond // 1000:03}",
        X_Forwarded_For="203.0.113.9, 127.0.0.1",
    )

    assert answer.status == 201
