"""An error page below an office or a contest links back to it, and never to a foreign one."""

import pytest
from sqlalchemy.exc import OperationalError

from account.rules.permissions import Role
from core.web.error_links import BackLink
from core.web.errors import page
from tests.factories import make_account, make_contest, make_office, make_unit
from tests.support.pages import Page
from tests.support.staff import enter

CENTRE = "Trung tâm Phục vụ hành chính công xã Lâm Bình"


@pytest.fixture
def place(session):
    """Create a unit with an office and a contest."""
    unit = make_unit(session)
    office, contest = make_office(session, unit=unit, name=CENTRE), make_contest(session, unit=unit)
    office.hotline, contest.hotline = "0207 3888 999", "0207 3888 111"
    session.commit()
    return office, contest


@pytest.mark.parametrize("below", ["quay/99", "khong-co", "quay/99/xu-huong.svg"])
def test_below_an_office_the_page_keeps_its_name_and_number_and_leads_back(client, place, below):
    office, _contest = place

    answer = client.get(f"/ket-qua/{office.slug}/{below}")

    page = Page(answer.text)
    assert answer.status_code == 404
    assert page.links.count(f"/ket-qua/{office.slug}") == 2
    assert CENTRE in page.text and "Về trang của cơ quan" in page.text
    assert "Cần giúp? Gọi 0207 3888 999" in page.text


@pytest.mark.parametrize("below", ["tuan/1", "tuan/99", "khong-co"])
def test_a_future_week_of_a_contest_looks_like_a_missing_one(client, place, below):
    _office, contest = place

    page = Page(client.get(f"/thi/{contest.slug}/{below}").text)

    assert f"/thi/{contest.slug}" in page.links
    assert "Cần giúp? Gọi 0207 3888 111" in page.text


def test_after_a_fault_one_tries_again_and_after_a_refused_form_one_goes_back(app):
    with app.test_request_context("/thi/"):
        tried = Page(page(503)[0])
    with app.test_request_context("/thi/", method="POST"):
        refused = page(413)[0]

    assert "" in tried.links and "Thử lại" in tried.text
    assert "data-back hidden" in refused and "Thử lại" not in refused


def test_staff_are_led_back_to_their_own_pages(client, session, place):
    office, contest = place
    account = make_account(session, role=Role.ORGANISER, unit=office.unit)
    session.commit()
    enter(client, account)

    counter = Page(client.get(f"/quan-tri/danh-gia/{office.slug}/quay/99/thay-ma").text)
    week = Page(client.get(f"/quan-tri/cuoc-thi/{contest.slug}/tuan/99").text)
    lost = Page(client.get("/quan-tri/khong-co").text)

    assert f"/quan-tri/danh-gia/{office.slug}" in counter.links
    assert f"/quan-tri/cuoc-thi/{contest.slug}" in week.links
    assert "/quan-tri/" in lost.links


def test_a_foreign_object_looks_like_a_missing_one(client, session, place):
    office, contest = place
    stranger = make_account(session, role=Role.ADMINISTRATOR, unit=make_unit(session, name="xã khác"))
    session.commit()
    enter(client, stranger)

    for foreign, none in (
        (f"/quan-tri/danh-gia/{office.slug}/quay/1/ma-qr.svg", "/quan-tri/danh-gia/khong-co/quay/1/ma-qr.svg"),
        (f"/quan-tri/cuoc-thi/{contest.slug}/tuan/1/xyz", "/quan-tri/cuoc-thi/khong-co/tuan/1/xyz"),
        (f"/quan-tri/danh-gia/{office.slug}", "/quan-tri/danh-gia/khong-co"),
    ):
        shown, missing = client.get(foreign).text, client.get(none).text
        assert shown.replace(foreign, none) == missing


def test_without_a_session_no_link_is_shown(client, place):
    office, _contest = place

    page = client.get(f"/quan-tri/danh-gia/{office.slug}/khong-co")

    assert page.status_code == 404
    assert CENTRE not in page.text


def test_a_page_that_leads_to_itself_or_a_database_that_does_not_answer_leaves_the_link_out(app, client, place):
    office, contest = place

    def down(_word):
        raise OperationalError("select", {}, Exception())

    app.extensions["error_finders"] = {
        "/thi/": down,
        "/ket-qua/": lambda _word: BackLink("x", f"/ket-qua/{office.slug}/"),
    }
    broken = client.get(f"/thi/{contest.slug}/khong-co")
    itself = Page(client.get(f"/ket-qua/{office.slug}/").text)

    assert broken.status_code == 404
    assert f"/thi/{contest.slug}" not in Page(broken.text).links
    assert f"/ket-qua/{office.slug}/" not in itself.links


def test_an_address_without_the_code_of_a_counter_says_what_is_missing(client):
    found = [client.get(path) for path in ("/q/", "/Q/")]

    assert [answer.status_code for answer in found] == [404, 404]
    assert all("Địa chỉ thiếu mã của quầy" in answer.text and "7K3M9QXD2F" in answer.text for answer in found)


def test_the_code_typed_without_its_address_opens_the_counter(client):
    opened, short = client.get("/q/?ma=7k3m-9qxd 2f"), client.get("/q/?ma=7k3m")

    assert (opened.status_code, opened.location) == (302, "/Q/7K3M9QXD2F")
    assert short.status_code == 404 and 'value="7k3m"' in short.text
    assert "Mã có mười chữ và số" in short.text
