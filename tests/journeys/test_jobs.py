"""An office's posters are drawn in the background: requested, watched and downloaded, with and without scripts."""

import re

from playwright.sync_api import expect

from account.rules.permissions import Role
from core.commands.worker import Worker
from tests.factories import make_counter, make_office, make_unit
from tests.journeys.steps import follow, heading, press
from tests.support.looks import NARROW, excess, violations


def asked_for(village, desk):
    """Return the page of requested posters while they wait."""
    with village.session() as session:
        unit = make_unit(session)
        make_counter(session, office=make_office(session, unit=unit))
    page = desk(Role.MANAGER, unit)
    follow(page, "Đánh giá")
    follow(page, "In tờ treo của nhiều cơ quan")
    press(page, "Tạo tệp tờ treo")
    expect(heading(page)).to_have_text("Tờ treo A4 của 1 cơ quan")
    return page


def test_posters_are_asked_for_watched_and_taken_home(village, desk, scripts):
    page = asked_for(village, desk)
    expect(page.get_by_text("Đang chờ")).to_be_visible()
    assert violations(page) == [] if scripts else True

    Worker(village.app).work(is_burst=True)

    expect(page.get_by_text("Đã tạo tờ treo của cơ quan trong một tệp PDF")).to_be_visible(timeout=20_000)
    link = page.get_by_role("link", name=re.compile("Tải to-treo-a4.zip"))
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "to-treo-a4.zip"


def test_a_job_is_cancelled_on_a_narrow_phone(village, desk):
    page = asked_for(village, desk)
    page.set_viewport_size(NARROW)
    assert excess(page) == 0

    press(page, "Hủy việc này")

    expect(page.get_by_text("Đã hủy, chưa có gì thay đổi.")).to_be_visible()
    assert violations(page) == []
