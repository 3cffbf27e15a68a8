"""Every public page of the whole demo is light: at most 60 KB compressed with all that it loads, 5 KB of it scripts.

Weights are those of the replies as they are sent. Every address that is not the staff's has a page here, or is named as
what is no page.
"""

import gzip
import re

import pytest
from flask import current_app

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.usefixtures("province")]

GZIP = {"Accept-Encoding": "gzip"}
LARGEST, LARGEST_SCRIPT = 60 * 1024, 5 * 1024
SHARED, OWN = "public, max-age=0, s-maxage=10, must-revalidate", "private, no-cache"
RUNNING, SEASON = "/thi/cai-cach-hanh-chinh-2026", "/thi/lam-binh-2023"
SAME_FOR_ALL = (
    "/",
    "/ket-qua/",
    "/ket-qua/lam-binh",
    "/ket-qua/lam-binh/quay/2",
    "/ket-qua/lam-binh/so-sanh",
    "/thi/",
    SEASON,
    f"{SEASON}/bang",
    f"{SEASON}/bang?don-vi=hom-nay",
    f"{SEASON}/bang-vang",
    f"{SEASON}/giai-tap-the",
    f"{SEASON}/tuan/8",
    f"{SEASON}/tuan/8?chieu",
    f"{SEASON}/tuan/8/luyen-tap",
    RUNNING,
    f"{RUNNING}/bang",
    f"{RUNNING}/bang?chieu",
    f"{RUNNING}/tuan/2",
    f"/embed{RUNNING}/bang",
    "/tra-cuu",
    "/tro-nang",
    "/quyen-rieng-tu",
)
"""Pages that a proxy may keep for all visitors for ten seconds."""
WITH_A_FORM_OR_A_QUERY = (
    "/ket-qua/lam-binh/so-sanh?voi=binh-an",
    f"{SEASON}/tuan/8/luyen-tap?cau=1&chon=B&xem=1",
    f"{SEASON}/tuan/8/khieu-nai",
    f"{RUNNING}/dang-ky",
    f"{RUNNING}/vao-thi",
    f"{RUNNING}/nhap-the",
    f"{RUNNING}/doi-don-vi",
    f"{RUNNING}/xac-nhan-so",
    f"{RUNNING}/thoi",
    f"{RUNNING}/dong-ho",
    "/thi/bao-loi",
    "/thi/quyen-cua-toi",
    "/thi/tra-cuu",
    "/thi/xac-minh",
    "/danh-gia/tra-cuu",
    "/q/",
    "/khong-co",
)
"""Pages with a key or a token of their own, with what was chosen, or with the present time."""
ELSEWHERE = {
    "survey.rate": "tests/journeys/test_weight.py",
    "survey.add": "the thanks of tests/journeys/test_weight.py",
    "quiz.share": "tests/quiz/boards/test_own_result.py",
}
"""Pages that need a code, and where their weight is measured."""
NO_PAGES = re.compile(r"\.(?:png|svg|pdf|csv|ics|js|webp)$|^/static/|^/healthz$|/gio$|^/t/|/(?:nop|giu)-bai$|<code>/$")
"""Files, and addresses that only lead on."""
LOADED = re.compile(r'<(?:script|img|link rel="(?:icon|stylesheet)")[^>]* (?:src|href)="([^"]+)"')


def fetched(client, address):
    """Return the reply to a browser that takes gzip: status, headers, bytes as sent, text."""
    with client.get(address, headers=GZIP) as reply:
        is_packed = reply.headers.get("Content-Encoding") == "gzip"
        return reply.status_code, reply.headers, len(reply.data), gzip.decompress(reply.data) if is_packed else b""


@pytest.mark.parametrize("path", [*SAME_FOR_ALL, *WITH_A_FORM_OR_A_QUERY])
def test_a_public_page_is_light_and_loads_nothing_from_another_host(path):
    client = current_app.test_client()

    status, _headers, size, text = fetched(client, path)
    parts = [each for each in LOADED.findall(text.decode()) if not each.startswith("data:")]
    loaded = [fetched(client, each) for each in parts]

    assert status in {200, 404}
    assert text
    assert all(each.startswith("/") and not each.startswith("//") for each in parts)
    assert all(status == 200 for status, *_ in loaded)
    assert size + sum(size for _, _, size, _ in loaded) <= LARGEST
    assert sum(size for _, headers, size, _ in loaded if "javascript" in headers["Content-Type"]) <= LARGEST_SCRIPT
    assert all("immutable" in headers["Cache-Control"] for _, headers, *_ in loaded)


@pytest.mark.parametrize("path", [*SAME_FOR_ALL, *WITH_A_FORM_OR_A_QUERY])
def test_a_public_page_needs_no_cookie_and_varies_by_none(path):
    _status, headers, *_ = fetched(current_app.test_client(), path)

    assert headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in headers
    assert headers["Cache-Control"] == (SHARED if path in SAME_FOR_ALL else OWN)
    assert ("ETag" in headers) == (path in SAME_FOR_ALL)


def test_every_public_address_has_a_page_here():
    addresses = current_app.url_map.bind("lang-nghe.example")
    seen = {addresses.match(path.partition("?")[0])[0] for path in (*SAME_FOR_ALL, *WITH_A_FORM_OR_A_QUERY[:-1])}

    missing = {
        rule.endpoint
        for rule in current_app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.rule.startswith("/quan-tri") and not NO_PAGES.search(rule.rule)
    } - seen

    assert missing == set(ELSEWHERE)
