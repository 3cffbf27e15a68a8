"""Broken text, other kinds of bodies, and files in place of texts, which no form of ours sends (B 19, 24)."""

import pytest

from core.crypto import new_key
from survey.rating.models import Rating

BROKEN = {
    "lone surrogate": b"%ED%A0%80",
    "NUL": b"a%00b",
    "invalid UTF-8": b"%FF%FE",
    "raw bytes": b"\xff\xfe",
    "raw NUL": b"a\x00b",
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("where", ["rating", "dang-ky", "vao-thi", "nop-bai", "sign in"])
def test_broken_text_in_a_form_is_turned_away(served, visitor, where, kind):
    path = {"rating": served.rating, "sign in": "/quan-tri/dang-nhap"}.get(where, f"/thi/{served.lam_binh}/{where}")
    before = served.count(Rating)
    body = b"level=5&key=" + new_key().encode() + b"&comment=" + BROKEN[kind] + b"&name=" + BROKEN[kind] + b"&start="

    answer = visitor.post_bytes(path, body, Content_Type="application/x-www-form-urlencoded")

    assert answer.status == 400
    assert served.count(Rating) == before


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_text_as_a_field_name_is_turned_away(served, visitor, kind):
    body = b"level=5&key=" + new_key().encode() + b"&" + BROKEN[kind] + b"=1"

    answer = visitor.post_bytes(served.rating, body, Content_Type="application/x-www-form-urlencoded")

    assert answer.status == 400


@pytest.mark.parametrize("kind", ["lone surrogate", "NUL", "invalid UTF-8"])
def test_broken_text_in_an_address_is_turned_away(served, visitor, kind):
    broken = BROKEN[kind].decode()

    statuses = {
        visitor.get(f"{path}{broken}").status for path in ("/q/", "/thi/", "/ket-qua/", "/?a=", "/thi/tra-cuu?")
    }

    assert statuses == {400}


def test_broken_text_in_a_multipart_form_is_turned_away(served, visitor):
    part = b'--x\r\nContent-Disposition: form-data; name="comment"\r\n\r\n\xff\xfe\r\n--x--\r\n'

    answer = visitor.post_bytes(served.rating, part, Content_Type="multipart/form-data; boundary=x")

    assert answer.status == 400


KINDS = ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "", 'a;charset="x']
JSON = [
    b'{"level": 5, "key": "0123456789012345678901"}',
    b'{"comment": "\\ud800"}',
    b"[" * 100_000,
    b"9" * 100_000,
    b"{",
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("body", JSON, ids=range(len(JSON)))
def test_another_kind_of_body_is_turned_away_at_once(served, visitor, body, kind):
    answer = visitor.post_bytes(served.rating, body, Content_Type=kind)

    assert answer.status == 400
    assert answer.response.elapsed.total_seconds() < 1


@pytest.mark.parametrize("where", ["rating", "dang-ky", "vao-thi", "nop-bai", "sign in"])
def test_a_file_where_a_text_belongs_is_no_text(served, visitor, where):
    path = {"rating": served.rating, "sign in": "/quan-tri/dang-nhap"}.get(where, f"/thi/{served.lam_binh}/{where}")
    names = ("comment", "name", "phone", "code", "email", "start", "key", "level", "guess", "q1")
    files = [(name, ("a.txt", b"abc", "text/plain")) for name in names]

    answer = visitor.answer(visitor.http.post(path, files=files))

    assert answer.status in {400, 409, 422}


@pytest.mark.parametrize("name", ["q" + "9" * 5000, "q99999", "q٣", "q-1", "q", "q1 OR 1=1", "q²"])
def test_a_strange_field_name_without_a_start_is_refused(served, visitor, name):
    answer = visitor.post(f"/thi/{served.lam_binh}/nop-bai", [(name, "A"), ("q2", "B")])

    assert answer.status == 409
    assert "Câu 2: B" in answer.text
