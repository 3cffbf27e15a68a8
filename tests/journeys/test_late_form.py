"""A session ends while a long form is being filled in: sign in, come back, the text is there, it is sent once."""

import json
import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from account.models import AccountSession
from account.rules.permissions import Role
from commune.models import Office
from core import clock
from tests.conftest import BACKENDS
from tests.factories import PASSWORD, make_account, make_unit
from tests.journeys.steps import heading, press, sign_in
from tests.support.staff import COOKIE, cookie_of

NAME, HOST, HOTLINE = "Trung tâm Phục vụ hành chính công", "Ủy ban Mặt trận xã", "0207 3888 999"
NOT_SENT = "Phiên đăng nhập đã hết giờ, chưa có gì được gửi đi."
AGAIN = "Nội dung dưới đây đã nhập lúc trước, chưa gửi"


@pytest.fixture
def officers(village):
    """Two colleagues in a province of two communes."""
    with village.session() as session:
        unit = make_unit(session, kind="province", name="tỉnh Tuyên Quang")
        for name in ("xã Lâm Bình", "xã Côn Lôn"):
            make_unit(session, name=name, parent=unit)
        return [make_account(session, role=Role.MANAGER, unit=unit).email for _ in range(2)]


def fill_in(page: Page, village, email: str) -> None:
    """A new office, typed by *email*."""
    sign_in(page, village.url, email)
    page.goto(f"{village.url}/quan-tri/danh-gia/them")
    page.get_by_label("Đơn vị").select_option(label="xã Côn Lôn")
    page.get_by_label("Tên cơ quan", exact=True).fill(NAME)
    page.get_by_label("Cơ quan chủ trì khảo sát").fill(HOST)
    page.get_by_label("Số điện thoại").fill(HOTLINE)


def end_sessions(village) -> None:
    """Twelve hours without a request."""
    with village.session() as session:
        session.execute(update(AccountSession).values(seen_at=clock.now() - timedelta(hours=13)))


def send_late(page: Page, village, email: str) -> None:
    """Type until the session is over, then send: the sign-in comes instead."""
    fill_in(page, village, email)
    end_sessions(village)
    press(page, "Thêm cơ quan")
    expect(heading(page)).to_have_text("Đăng nhập cho cán bộ")
    expect(page.get_by_text(NOT_SENT)).to_be_visible()


def give_password(page: Page, email: str) -> None:
    """Fill in the sign-in form of the page and send it."""
    page.get_by_label("Thư điện tử").fill(email)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    press(page, "Đăng nhập")


def stored(page: Page) -> dict | None:
    """Return the form that this tab keeps."""
    return page.evaluate("JSON.parse(sessionStorage.getItem('late-form'))")


def offices(village, name: str = NAME) -> int:
    with village.session() as session:
        return len(session.scalars(select(Office).where(Office.name == name)).all())


def expect_typed(page: Page) -> None:
    """All of the form is there again."""
    expect(page.get_by_label("Đơn vị").locator("option:checked")).to_have_text("xã Côn Lôn")
    expect(page.get_by_label("Tên cơ quan", exact=True)).to_have_value(NAME)
    expect(page.get_by_label("Cơ quan chủ trì khảo sát")).to_have_value(HOST)
    expect(page.get_by_label("Số điện thoại")).to_have_value(HOTLINE)


@pytest.mark.parametrize("village", BACKENDS, indirect=True)
def test_after_signing_in_the_text_is_there_again_and_is_sent_once(village, page, officers):
    before = offices(village)
    send_late(page, village, officers[0])
    expect(page.get_by_text("Nội dung đã nhập vẫn còn: đăng nhập xong, trang cũ mở lại")).to_be_visible()

    give_password(page, officers[0])

    expect(page).to_have_url(re.compile("/quan-tri/danh-gia/them$"))
    expect(page.get_by_text(AGAIN)).to_be_visible()
    expect(page.get_by_text(AGAIN).locator("..")).to_be_focused()
    expect_typed(page)
    assert offices(village) == before
    press(page, "Thêm cơ quan")
    expect(heading(page)).to_have_text(NAME)
    assert offices(village) == before + 1
    assert stored(page) is None


@pytest.mark.parametrize("scripts", [False])
def test_without_scripts_the_page_gives_back_the_typed_form(village, page, officers, scripts):
    before = offices(village)
    send_late(page, village, officers[0])

    with page.context.expect_page() as opened:
        give_password(page, officers[0])
    expect(heading(opened.value)).to_have_text("Thêm cơ quan")
    press(page, "Hiện lại nội dung")

    expect(page.get_by_text("Xin bấm gửi một lần nữa.")).to_be_visible()
    expect_typed(page)
    assert offices(village) == before
    press(page, "Thêm cơ quan")
    expect(heading(page)).to_have_text(NAME)
    assert offices(village) == before + 1


def test_a_colleague_who_signs_in_instead_does_not_see_the_form_which_is_removed(village, page, officers):
    send_late(page, village, officers[0])

    give_password(page, officers[1])

    expect(heading(page)).to_have_text("Thêm cơ quan")
    expect(page.get_by_label("Tên cơ quan", exact=True)).to_have_value("")
    expect(page.get_by_text(AGAIN)).to_be_hidden()
    assert stored(page) is None


def test_a_kept_form_ends_at_sign_out_after_an_hour_and_by_its_button(village, page, officers):
    send_late(page, village, officers[0])
    late = page.evaluate("sessionStorage.getItem('late-form')")
    give_password(page, officers[0])

    page.locator("summary", has_text="Khác").click()
    press(page, "Đăng xuất")
    expect(heading(page)).to_have_text("Đăng nhập cho cán bộ")
    assert stored(page) is None

    sign_in(page, village.url, officers[0])
    over = json.loads(late) | {"until": clock.now().timestamp() * 1000 - 1}
    page.evaluate("late => sessionStorage.setItem('late-form', late)", json.dumps(over))
    page.goto(f"{village.url}/quan-tri/danh-gia/them")
    expect(page.get_by_label("Tên cơ quan", exact=True)).to_have_value("")
    assert stored(page) is None

    page.evaluate("late => sessionStorage.setItem('late-form', late)", late)
    page.reload()
    expect(page.get_by_label("Tên cơ quan", exact=True)).to_have_value(NAME)
    press(page, "Bỏ nội dung này")
    expect(page.get_by_label("Tên cơ quan", exact=True)).to_have_value("")
    assert stored(page) is None


def test_a_form_is_kept_for_an_hour_only_after_it_came_too_late(village, page, officers):
    fill_in(page, village, officers[0])
    assert stored(page) is None
    end_sessions(village)

    press(page, "Thêm cơ quan")
    expect(page.get_by_text(NOT_SENT)).to_be_visible()

    late = stored(page)
    assert [name for name, _ in late["pairs"]] == ["unit", "name", "host", "hotline", "name_en", "host_en"]
    assert 3500 < late["until"] / 1000 - clock.now().timestamp() <= 3600
    assert page.locator("form[data-late]").count() == 0


def test_a_citizens_number_and_a_password_are_typed_again(village, page, officers):
    with village.session() as session:
        unit = make_unit(session)
        email = make_account(session, role=Role.ORGANISER, unit=unit).email
    page.context.add_cookies([{"name": COOKIE, "value": cookie_of(village.app, email), "url": village.url}])
    page.goto(f"{village.url}/quan-tri/yeu-cau/them")
    page.get_by_label("Họ và tên").fill("Ma Thị Hoà")
    page.get_by_label("Số điện thoại").fill("0912345678")
    end_sessions(village)
    press(page, "Ghi yêu cầu")
    expect(page.get_by_text(NOT_SENT)).to_be_visible()

    kept = page.evaluate("JSON.stringify(Object.entries(sessionStorage))")

    assert "Ma Thị Hoà" in kept
    assert "0912345678" not in kept
    assert "csrf" not in kept
