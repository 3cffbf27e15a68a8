"""Every page passes axe in light and dark, fits a phone however large the letters, and has targets to press."""

import pytest

from tests.journeys.every_page import STAFF, build, citizen_pages, read_pages, staff_pages
from tests.support.looks import NARROW, excess, faults


@pytest.fixture(scope="module")
def scene(villages):
    return build(villages("sqlite"))


def test_nothing_is_wrong_on_a_citizens_way(village, scene, page):
    found = {
        name: faults(page, is_for_hall="?chieu" in name or name.endswith("dong-ho"))
        for name in citizen_pages(page, village.url, scene)
    }

    assert {name: bad for name, bad in found.items() if bad} == {}


def test_no_public_page_is_too_wide_in_english_on_the_narrowest_phone(village, scene, page):
    page.set_viewport_size(NARROW)
    wide = {}
    for path in read_pages(scene):
        page.goto(f"{village.url}{path}{'&' if '?' in path else '?'}lang=en")
        wide[path] = excess(page)

    assert {path: pixels for path, pixels in wide.items() if pixels} == {}


@pytest.mark.parametrize("role", STAFF)
def test_nothing_is_wrong_on_staff_pages(village, scene, desk, role):
    page = desk(role, scene.unit)

    found = {}
    for path in staff_pages(scene, role):
        page.goto(village.url + path)
        found[path] = faults(page)

    assert {path: bad for path, bad in found.items() if bad} == {}
