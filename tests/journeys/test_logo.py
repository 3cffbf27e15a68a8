"""A logo from the administrator's file to the head of a citizen's page, and its removal."""

import pytest
from playwright.sync_api import expect

from account.rules.permissions import Role
from survey.counter.queries.printed import address_of
from tests.factories import make_counter, make_office, make_unit
from tests.journeys.steps import THANKS, follow, heading, press
from tests.support.images import SVG, disc, file_of


@pytest.fixture
def place(village):
    """Create a commune of a province with the rating page of a counter."""
    with village.session() as session:
        province = make_unit(session, kind="province", name="tỉnh Tuyên Quang")
        commune = make_unit(session, name="xã Thượng Lâm", parent=province)
        counter = make_counter(session, office=make_office(session, unit=commune))
        return province, f"/q/{address_of(village.keyring, counter)}"


def choose(page, content, name):
    page.get_by_label("Chọn hình").set_input_files({"name": name, "mimeType": "image/png", "buffer": content})
    press(page, "Đặt biểu trưng")


def is_drawn(page):
    return page.locator(".top .logo").evaluate("img => img.decode().then(() => img.naturalWidth > 0, () => false)")


def test_a_province_sets_its_logo_and_a_citizen_of_a_commune_sees_it(village, place, desk, page, scripts):
    province, printed = place
    admin = desk(Role.ADMINISTRATOR, province)
    admin.goto(f"{village.url}/quan-tri/bieu-trung/")
    follow(admin, "tỉnh Tuyên Quang")
    choose(admin, SVG, "quoc-huy.svg")
    expect(admin.locator(".bad-field .error")).to_contain_text("Chỉ nhận hình PNG, JPEG hoặc WebP.")
    choose(admin, file_of(disc()), "bieu-trung.png")
    expect(admin.get_by_role("status")).to_contain_text("Đã đặt biểu trưng của tỉnh Tuyên Quang.")

    page.goto(village.url + printed)
    assert is_drawn(page)

    follow(admin, "Gỡ biểu trưng")
    press(admin, "Gỡ biểu trưng")
    expect(admin.get_by_role("status")).to_contain_text("Đã gỡ biểu trưng của tỉnh Tuyên Quang.")
    page.goto(village.url + printed)
    expect(page.locator(".logo")).to_have_count(0)


def test_without_pictures_the_layout_is_stable_and_a_rating_is_sent(village, place, desk, page):
    province, printed = place
    page.goto(village.url + printed)
    bare = heading(page).bounding_box()
    admin = desk(Role.ADMINISTRATOR, province)
    admin.goto(f"{village.url}/quan-tri/bieu-trung/{province.id}")
    choose(admin, file_of(disc()), "bieu-trung.png")
    page.goto(village.url + printed)
    assert is_drawn(page)
    shown = heading(page).bounding_box()

    page.route("**/bieu-trung/*", lambda route: route.abort())
    page.goto(village.url + printed)
    lost = heading(page).bounding_box()
    page.get_by_label("Rất hài lòng").check()
    press(page, "Gửi")

    assert bare == shown == lost
    expect(heading(page)).to_have_text(THANKS)
