"""Every page, in every state that is drawn, passes axe and the HTML checker, fits a phone however large the letters,
and has targets to press.
"""

import os

import pytest

from bench import access
from bench.scenes.scene import Scene


def spoiled(page, url, _stage):
    """A page with a picture that has no words, and a line wider than a phone."""
    page.goto(f"{url}/tra-cuu")
    line = '<img src="/khong-co.png"><p id="line">x</p>'
    page.locator("main").evaluate("(main, line) => main.insertAdjacentHTML('beforeend', line)", line)
    page.locator("#line").evaluate("(line) => { line.style.width = '340px' }")


def test_the_faults_of_a_scene_are_said_with_its_name_and_address(village, context, tmp_path):
    found = access.Inspection(context.browser, village.app, village.url, None, tmp_path)

    found.take(Scene("tra-cuu", "Tra cứu", spoiled))

    assert found.problems[0].startswith("tra-cuu, /tra-cuu: light: image-alt: <img")
    assert any(fault.endswith("px too wide at 320 px") for fault in found.problems)
    assert found.scenes == {"report.lookup": {"tra-cuu"}}
    assert "report.home is not shown by trang-chu, but by no scene" in found.unseen()
    assert (tmp_path / "tra-cuu.html").read_text().startswith("<!doctype html>")


@pytest.mark.skipif("LONG" not in os.environ, reason="a quarter of an hour: a part of make test-long")
def test_nothing_is_wrong_in_any_scene_and_no_page_is_left_out():
    found = access.inspect()

    assert found.problems == [], "\n".join(found.problems)
    assert found.measured > 400
