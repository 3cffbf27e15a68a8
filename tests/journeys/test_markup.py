"""The Nu HTML checker finds no error on any page; only among the long tests, which have it installed."""

import pytest

from tests.journeys.every_page import STAFF, build, citizen_pages, staff_pages
from tests.support.markup import Shown, errors


@pytest.fixture(scope="module")
def scene(villages):
    return build(villages("sqlite"))


def test_the_checker_is_awake(tmp_path):
    (tmp_path / "x.html").write_text('<!doctype html><html lang="vi"><title>x</title><p id="a"><p id="a">')

    assert [line.rpartition("error: ")[2] for line in errors(tmp_path)] == ["Duplicate ID “a”."]


def test_no_page_has_an_error(village, scene, page, desk, tmp_path):
    shown = Shown(page)
    for number, _ in enumerate(citizen_pages(page, village.url, scene)):
        (tmp_path / f"{number:03}.html").write_text(shown.source())
    for role in STAFF:
        staff = desk(role, scene.unit)
        for number, path in enumerate(staff_pages(scene, role)):
            (tmp_path / f"{role.value}-{number:03}.html").write_text(staff.goto(village.url + path).text())

    assert len(list(tmp_path.iterdir())) > 60
    found = errors(tmp_path)
    assert found == [], "\n".join(found)
