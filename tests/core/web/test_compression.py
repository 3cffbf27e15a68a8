"""Pages are compressed for browsers that take it, kept ones once, and pages with a person's token never."""

import gzip

import pytest
from flask import make_response, request
from flask import session as http_session
from hypothesis import given
from hypothesis import strategies as st

from core.web import reply_cache
from core.web.compression import compress_beside_cookie, joined, packed_piece
from core.web.reply_cache import keep_reply
from core.web.slots import slot

GZIP = {"Accept-Encoding": "gzip, deflate, br"}
LONG = "Xã Lâm Bình, tỉnh Tuyên Quang. " * 200


@pytest.fixture
def home(app, monkeypatch):
    """Return a function that replaces the front page."""
    return lambda view: monkeypatch.setitem(app.view_functions, "report.home", view)


def kept():
    keep_reply()
    return LONG


@pytest.mark.parametrize("view", [kept, lambda: LONG], ids=["kept", "not kept"])
def test_a_page_is_compressed_for_a_browser_that_takes_it(client, home, view):
    home(view)

    for _ in range(2):
        reply = client.get("/", headers=GZIP)

        assert gzip.decompress(reply.data).decode() == LONG
        assert reply.headers["Content-Encoding"] == "gzip"
        assert reply.headers["Vary"] == "Accept-Encoding"
        assert reply.content_length == len(reply.data) < 500


@pytest.mark.parametrize("view", [kept, lambda: LONG], ids=["kept", "not kept"])
@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "identity"])
def test_another_browser_gets_the_page_as_it_is(client, home, view, accepted):
    home(view)
    client.get("/", headers=GZIP)

    reply = client.get("/", headers={"Accept-Encoding": accepted})

    assert reply.text == LONG
    assert "Content-Encoding" not in reply.headers
    assert reply.headers["Vary"] == "Accept-Encoding"


def test_a_kept_page_is_compressed_once_and_its_slots_filled_each_time(client, home, monkeypatch):
    made, packed = iter(["một", "<hai>"]), []
    monkeypatch.setattr(reply_cache, "packed_piece", lambda text: packed.append(1) or packed_piece(text))

    def with_slot():
        keep_reply(seconds=3600, slots={"key": lambda: next(made)})
        return f"{LONG}khóa {slot('key')} và {slot('key')}."

    home(with_slot)
    pages = [gzip.decompress(client.get("/", headers=GZIP).data).decode() for _ in range(2)]

    assert pages == [f"{LONG}khóa một và một.", f"{LONG}khóa &lt;hai&gt; và &lt;hai&gt;."]
    assert len(packed) == 3


@given(st.lists(st.text(), min_size=1, max_size=6), st.data())
def test_any_pieces_and_values_make_the_gzip_file_of_the_whole(pieces, data):
    values = data.draw(st.lists(st.text(), min_size=len(pieces) - 1, max_size=len(pieces) - 1))
    whole = "".join(piece + value for piece, value in zip(pieces, [*values, ""], strict=True)).encode()

    packed = joined([packed_piece(piece) for piece in pieces], values, whole)

    assert gzip.decompress(packed) == whole


def test_a_value_longer_than_a_block_is_stored_in_several():
    value = "ă" * 70_000

    assert gzip.decompress(joined([b"", b""], [value], value.encode())).decode() == value


def test_a_slots_value_never_shortens_by_what_the_page_says():
    """The size says nothing of a token, though the page repeats it."""
    pieces = [packed_piece("mã secret-123 "), packed_piece(" secret-123")]

    sizes = {len(joined(pieces, [value], b"")) for value in ("secret-123", "secret-999", "zqkvwxjyab")}

    assert len(sizes) == 1


def with_cookie():
    reply = make_response(LONG)
    reply.set_cookie("a", "b")
    return reply


def by_session():
    http_session.get("a")
    return LONG


@pytest.mark.parametrize("view", [with_cookie, by_session])
def test_a_page_of_a_session_is_not_compressed(client, home, view):
    home(view)

    reply = client.get("/", headers=GZIP)

    assert reply.text == LONG


def test_a_page_beside_a_cookie_that_is_no_token_of_it_is_compressed(client, home):
    def with_harmless_cookie():
        compress_beside_cookie(request.environ)
        return with_cookie()

    home(with_harmless_cookie)

    assert gzip.decompress(client.get("/", headers=GZIP).data).decode() == LONG


def test_a_harmless_cookie_does_not_open_the_page_of_a_session(client, home):
    def by_session_too():
        compress_beside_cookie(request.environ)
        http_session.get("a")
        return with_cookie()

    home(by_session_too)

    assert "Content-Encoding" not in client.get("/", headers=GZIP).headers


@pytest.mark.parametrize("path", ["/quan-tri/dang-nhap", "/quan-tri/"])
def test_a_staff_page_is_not_compressed(client, path):
    assert "Content-Encoding" not in client.get(path, headers=GZIP).headers


def test_a_short_reply_and_a_head_are_not_compressed(client, home):
    home(lambda: "ngắn")

    assert client.get("/", headers=GZIP).text == "ngắn"
    home(lambda: LONG)
    assert client.head("/", headers=GZIP).content_length == len(LONG.encode())


def test_a_script_is_compressed_and_revalidated(client):
    path = "/static/js/keep.js"
    with client.get(path) as whole, client.get(path, headers=GZIP) as packed:
        assert gzip.decompress(packed.data) == whole.data
        assert packed.headers["ETag"] == f"W/{whole.headers['ETag']}"

    with client.get(path, headers=GZIP | {"If-None-Match": packed.headers["ETag"]}) as again:
        assert again.status_code == 304


def test_the_front_page_and_its_policy_are_the_same_compressed(client):
    plain, packed = client.get("/"), client.get("/", headers=GZIP)

    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Content-Security-Policy"] == plain.headers["Content-Security-Policy"]
    assert len(packed.data) < len(plain.data) / 2
