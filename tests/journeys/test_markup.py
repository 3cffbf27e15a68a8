"""The Nu HTML checker finds no error on any page; only among the long tests, which have it installed."""

import subprocess
from pathlib import Path

import pytest

from tests.journeys.every_page import STAFF, build, citizen_pages, staff_pages

CHECKER = Path(__file__).resolve().parents[2] / ".venv/node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.fixture(scope="module")
def scene(villages):
    return build(villages("sqlite"))


def errors(folder):
    """Return what the checker says about the documents in *folder*."""
    command = ["java", "-jar", CHECKER, "--errors-only", "--format", "gnu", *sorted(folder.iterdir())]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr.splitlines()


def test_the_checker_is_awake(tmp_path):
    (tmp_path / "x.html").write_text('<!doctype html><html lang="vi"><title>x</title><p id="a"><p id="a">')

    assert [line.rpartition("error: ")[2] for line in errors(tmp_path)] == ["Duplicate ID “a”."]


def test_no_page_has_an_error(village, scene, page, desk, tmp_path):
    keep(page, tmp_path)
    for _ in citizen_pages(page, village.url, scene):
        pass
    for role in STAFF:
        staff = desk(role, scene.unit)
        keep(staff, tmp_path)
        for path in staff_pages(scene, role):
            staff.goto(village.url + path)

    assert len(list(tmp_path.iterdir())) > 60
    assert errors(tmp_path) == []


def keep(page, folder):
    """Write every document that *page* receives from now on into *folder*, as the server sent it."""

    def write(request):
        reply = request.response()
        if request.resource_type == "document" and reply and reply.status not in (302, 303):
            (folder / f"{len(list(folder.iterdir())):03}.html").write_text(reply.text())

    page.on("requestfinished", write)
