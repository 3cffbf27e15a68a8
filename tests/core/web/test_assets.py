"""Scripts and the icon of every page."""

import re
from urllib.parse import unquote

from core.web.assets import STATIC, favicon

TEMPLATES = STATIC.parent / "templates"


def test_the_icon_is_inside_the_page(client):
    head = '<link rel="icon" type="image/svg+xml" href="data:image/svg+xml,'

    assert head in client.get("/").text
    assert unquote(favicon().partition(",")[2]) == (STATIC / "img" / "favicon.svg").read_text().strip()


def test_every_page_loads_the_one_script_once(client):
    page = client.get("/danh-gia/tra-cuu").text

    assert page.count("/static/js/citizen.js?v=") == 1


def test_every_script_that_a_template_names_is_a_file():
    calls = (re.findall(r"script\(([^)]*)\)", file.read_text()) for file in TEMPLATES.rglob("*.html"))
    named = {name for found in calls for call in found for name in re.findall(r'"(\w+)"', call)}

    assert {"citizen", "keep"} <= named
    assert [name for name in named if not (STATIC / "js" / f"{name}.js").is_file()] == []


def test_the_service_worker_is_asked_for_at_every_visit_and_sent_without_its_comments(client):
    worker = client.get("/sw.js")

    assert (worker.mimetype, worker.headers["Cache-Control"]) == ("text/javascript", "no-cache")
    assert 'addEventListener("fetch"' in worker.text
    assert "// The service worker" not in worker.text
