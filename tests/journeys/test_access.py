"""Every page, in every state that is drawn, passes axe and the HTML checker, fits a phone however large the letters,
and has targets to press.
"""

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
