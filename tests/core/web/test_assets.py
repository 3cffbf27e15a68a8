"""Scripts and the icon of every page."""

from urllib.parse import unquote

from core.web.assets import MERGED, STATIC, favicon, script


def test_the_icon_is_inside_the_page(client):
    head = '<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,'

    assert head in client.get("/").text
    assert unquote(favicon().partition(",")[2]) == (STATIC / "img" / "favicon.svg").read_text().strip()


def test_every_page_loads_the_one_script_once(client):
    page = client.get("/danh-gia/tra-cuu").text

    assert page.count("/static/js/citizen.js?v=") == 1


def test_a_part_of_the_one_script_prints_nothing_and_has_no_file():
    assert {script(name) for name in MERGED} == {""}
    assert [name for name in MERGED if (STATIC / "js" / f"{name}.js").exists()] == []
