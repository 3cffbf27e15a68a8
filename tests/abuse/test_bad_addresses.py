"""Made-up codes, addresses and queries are not found, and change nothing."""

from urllib.parse import quote

import httpx
import pytest

pytestmark = pytest.mark.both_databases

CODES = ["' OR 1=1 --", "7K3M-9QXD-2F4A-8BCE", "", " ", "0" * 5000, "<script>", "７Ｋ３Ｍ", "%", "Ω" * 16]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("path", ["/thi/tra-cuu", "/danh-gia/tra-cuu"])
def test_a_bad_receipt_is_not_found(served, visitor, path, code):
    answer = visitor.post(path, visitor.get(path).page.form().filled(code=code))

    assert answer.status in {404, 422}
    assert answer.page.form().value("code") == code.strip()


@pytest.mark.parametrize("code", CODES)
def test_a_bad_personal_code_opens_no_paper(served, visitor, code):
    path = f"/thi/{served.lam_binh}/vao-thi"

    answer = visitor.post(path, visitor.get(path).page.form().filled(code=code))

    assert answer.status in {404, 422}
    assert answer.page.form().value("code") == code.strip()


PATHS = [
    "/q/", "/q/AAAAAAAAAA", "/q/' OR 1=1", "/q/../../etc/passwd", "/Q/" + "0" * 2000, "/q/ＡＢＣ", "/thi/' OR 1=1",
    "/thi/{slug}/tuan/0", "/thi/{slug}/tuan/99999", "/thi/{slug}/tuan/99999999999999999999", "/thi/{slug}/tuan/-1",
    "/thi/{slug}/tuan/1", "/thi/{slug}/tuan/９", "/ket-qua/nope", "/ket-qua/{office}/quay/99999",
    "/ket-qua/{office}/quay/99999999999999999999", "/ket-qua/{office}/quay/99999/xu-huong.svg",
    "/static/../app.py", "/static/%2e%2e/app.py", "/static/nope.css", "/thi//tra-cuu",
    "/thi/tra-cuu/", "/quan-tri/cuoc-thi/{slug}/cau",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_bad_address_is_not_found(served, visitor, path):
    address = path.format(slug=served.lam_binh, office=served.office)

    assert visitor.get(quote(address, safe="/%?=&")).status in {404, 308}


def test_an_address_longer_than_any_of_ours_does_not_reach_the_application(served):
    with httpx.Client(base_url=served.live.url) as client:
        answer = client.get("/Q/" + "0" * 3000)

    assert answer.status_code == 414
    assert "Content-Security-Policy" not in answer.headers


@pytest.mark.parametrize(
    "query", ["sort=' OR 1=1", "sort=__class__&filter={{1234*1001}}", "page=-1", "page=" + "9" * 400, "a[]=1"]
)
def test_a_bad_query_changes_nothing(served, visitor, query):
    for path in ("/", f"/thi/{served.lam_binh}/bang", f"/ket-qua/{served.office}", served.rating):
        answer = visitor.get(f"{path}?{quote(query, safe='=&')}")
        assert answer.status == 200
        assert "1235234" not in answer.text
