"""Every public page of the whole demo is light: at most 60 KB compressed with all that it loads, 5 KB of it scripts."""

import gzip
import re

import pytest
from flask import current_app

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.usefixtures("province")]

LARGEST, LARGEST_SCRIPT = 60 * 1024, 5 * 1024
PAGES = (
    "/",
    "/ket-qua/",
    "/ket-qua/lam-binh",
    "/ket-qua/lam-binh/quay/2",
    "/ket-qua/lam-binh/so-sanh",
    "/thi/",
    "/thi/lam-binh-2023",
    "/thi/lam-binh-2023/bang",
    "/thi/lam-binh-2023/tuan/8",
    "/thi/cai-cach-hanh-chinh-2026",
    "/thi/cai-cach-hanh-chinh-2026/bang",
    "/thi/cai-cach-hanh-chinh-2026/tuan/2",
    "/tra-cuu",
    "/quyen-rieng-tu",
    "/tro-nang",
    "/thi/tra-cuu",
    "/danh-gia/tra-cuu",
    "/khong-co",
)
LOADED = re.compile(r'<(?:script|img|link rel="(?:icon|stylesheet)")[^>]* (?:src|href)="([^"]+)"')


def weight(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def fetched(client, address):
    """Return the status, the kind and the compressed size of what a page loads."""
    with client.get(address) as reply:
        return reply.status_code, reply.mimetype, weight(reply.data)


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_is_light_and_loads_nothing_from_another_host(path):
    client = current_app.test_client()

    page = client.get(path)
    parts = [each for each in LOADED.findall(page.text) if not each.startswith("data:")]
    loaded = [fetched(client, each) for each in parts]

    assert page.status_code in {200, 404}
    assert all(each.startswith("/") and not each.startswith("//") for each in parts)
    assert all(status == 200 for status, _kind, _size in loaded)
    assert weight(page.data) + sum(size for _status, _kind, size in loaded) <= LARGEST
    assert sum(size for _status, kind, size in loaded if "javascript" in kind) <= LARGEST_SCRIPT
