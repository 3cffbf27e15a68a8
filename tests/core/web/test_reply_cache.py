"""Replies of public pages that are given again, and those that never are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from flask import make_response, request
from flask import session as http_session
from sqlalchemy.exc import OperationalError

from core import clock
from core.data_version import PUBLIC, renew_version
from core.web import reply_cache
from core.web.reply_cache import CachedReply, Replies, Validity, keep_reply
from core.web.slots import slot

NOON = datetime(2026, 11, 29, 5, 0, 0, 250_000, tzinfo=UTC)


@pytest.fixture
def calls():
    """The list of requests that reached the view."""
    return []


@pytest.fixture
def set_time(monkeypatch):
    def stand_at(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    stand_at(NOON)
    return stand_at


@pytest.fixture
def home(app, monkeypatch, calls, set_time):
    """Replace the front page by a view that counts its calls; `home(view)` sets what it does."""

    def become(view):
        def counting():
            calls.append(1)
            return view()

        monkeypatch.setitem(app.view_functions, "report.home", counting)

    become(kept)
    return become


def kept():
    keep_reply()
    return "Lâm Bình"


def of_size(size):
    return CachedReply(Validity(1, None, 1, 0, {}), "200 OK", [], ("x" * size,))


def test_a_marked_reply_is_given_again_whole(client, home, calls):
    first, second = client.get("/"), client.get("/")

    assert (second.data, second.status, list(second.headers)) == (first.data, first.status, list(first.headers))
    assert second.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert len(calls) == 1


def test_a_kept_page_is_not_sent_again_to_a_browser_that_has_it(client, home, calls):
    first = client.get("/")

    again = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    packed = client.get("/", headers={"If-None-Match": f"W/{first.headers['ETag']}", "Accept-Encoding": "gzip"})
    other = client.get("/", headers={"If-None-Match": '"another"'})

    assert [(answer.status_code, answer.data) for answer in (again, packed)] == [(304, b"")] * 2
    assert again.headers["ETag"] == first.headers["ETag"]
    assert (other.status_code, other.data) == (200, first.data)


def test_a_proxy_may_keep_a_page_that_is_the_same_for_all(client, home):
    headers = client.get("/").headers

    assert headers["Cache-Control"] == "public, max-age=0, s-maxage=10, must-revalidate"
    assert "cookie" not in headers.get("Vary", "").lower()


def test_a_page_with_a_key_of_its_own_is_kept_by_no_proxy(client, home):
    def with_slot():
        keep_reply(slots={"key": lambda: "một"})
        return slot("key")

    home(with_slot)

    headers = client.get("/").headers

    assert (headers["Cache-Control"], "ETag" in headers) == ("private, no-cache", False)


def test_each_request_fills_the_slots_with_values_of_its_own(client, home, calls):
    made = iter(["một", "<hai>"])

    def with_slot():
        keep_reply(slots={"key": lambda: next(made)})
        return f"khóa {slot('key')}"

    home(with_slot)
    first, second = client.get("/"), client.get("/")

    assert (first.text, second.text) == ("khóa một", "khóa &lt;hai&gt;")
    assert second.content_length == len(second.data)
    assert len(calls) == 1


def test_slots_are_filled_in_a_reply_that_is_not_kept_too(client, home):
    def with_slot():
        keep_reply(slots={"key": lambda: "một"})
        return slot("key"), 410

    home(with_slot)

    assert client.get("/").text == "một"


def test_a_reply_without_the_mark_is_not_kept(client, home, calls):
    home(lambda: "Lâm Bình")

    client.get("/")
    client.get("/")

    assert len(calls) == 2


def test_a_changed_version_renders_the_page_again(client, home, calls, session):
    client.get("/")

    renew_version(session, PUBLIC)
    session.commit()
    client.get("/")

    assert len(calls) == 2


def test_a_version_renewed_while_the_page_was_made_counts(client, home, calls, session):
    def changed_meanwhile():
        keep_reply()
        renew_version(session, PUBLIC)
        session.commit()
        return "Lâm Bình"

    home(changed_meanwhile)
    client.get("/")
    home(kept)
    client.get("/")

    assert len(calls) == 2


@pytest.mark.parametrize(("later", "is_kept"), [(749, True), (750, False)])
def test_a_reply_ends_with_the_whole_second(client, home, calls, set_time, later, is_kept):
    client.get("/")

    set_time(NOON + timedelta(milliseconds=later))
    client.get("/")

    assert (len(calls) == 1) is is_kept


def test_other_settings_render_the_page_again(app, client, home, calls):
    client.get("/")

    app.extensions["settings"] = replace(app.extensions["settings"], brand="Tên mới")
    client.get("/")

    assert len(calls) == 2


SAME_PAGE = [
    {"method": "HEAD"},
    {"headers": {"Host": "127.0.0.1:1"}},
    {"headers": {"Host": "lang-nghe.example"}},
    {"headers": {"X-Forwarded-Host": "localhost"}},
    {"headers": {"Content-Length": "00"}},
]


@pytest.mark.parametrize("asked", SAME_PAGE)
def test_another_request_for_the_same_page_draws_it_no_second_time(app, client, home, calls, asked):
    for method in ("GET", "HEAD"):
        assert client.open("/", **{"method": method, **asked}).status_code == 200
    client.get("/")

    assert (len(calls), len(reply_cache.replies(app)._kept)) == (1, 1)


def test_another_scheme_is_another_reply(client, home, calls):
    client.get("/")

    client.get("/", base_url="https://localhost")

    assert len(calls) == 2


def test_a_head_request_gets_the_headers_of_the_page_alone(client, home):
    drawn, page, again = client.head("/"), client.get("/"), client.head("/")

    assert drawn.headers == page.headers == again.headers
    assert (drawn.data, page.text, again.data) == (b"", "Lâm Bình", b"")


def test_a_head_request_for_a_page_that_is_not_there_gets_no_body(client, home):
    home(lambda: (kept(), 404))

    assert client.head("/").data == b""


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "headers", [{"Content-Length": "1"}, {"Content-Length": "010"}, {"Transfer-Encoding": "chunked"}]
)
def test_a_body_that_no_page_reads_is_refused(client, home, calls, method, headers):
    client.get("/")

    reply = client.open("/", method=method, headers=headers, input_stream=BytesIO(b"x" * 10))

    assert (reply.status_code, len(calls)) == (400, 1)


@pytest.mark.parametrize("path", ["//", "//evil.example", "//evil.example/", "///quyen-rieng-tu", "//ket-qua"])
def test_a_second_slash_before_the_path_is_not_found(client, path):
    reply = client.get("/", environ_overrides={"PATH_INFO": path, "REQUEST_URI": path})

    assert (reply.status_code, reply.location) == (404, None)


def test_a_kept_reply_does_not_pass_the_guards(client, home):
    client.get("/")

    foreign = client.get("/", headers={"Host": "evil.example"})
    forwarded = client.get("/", headers={"X-Forwarded-Host": "evil.example"})

    assert (foreign.status_code, forwarded.status_code) == (400, 400)


def test_no_request_sets_what_stands_before_every_address(client, home, calls):
    reply = client.get("/", environ_overrides={"SCRIPT_NAME": "//evil.example"})

    assert reply.status_code == 400
    assert "evil" not in reply.text
    assert "evil" not in client.get("/").text


def with_cookie():
    reply = make_response(kept())
    reply.set_cookie("a", "b")
    return reply


def by_cookie():
    http_session.get("a")
    return kept()


@pytest.mark.parametrize("view", [with_cookie, by_cookie, lambda: (kept(), 404)])
def test_a_reply_that_is_not_equal_for_all_is_not_kept(client, home, calls, view):
    home(view)

    client.get("/")
    client.get("/")

    assert len(calls) == 2


def test_a_database_that_does_not_answer_is_left_to_the_application(client, home, calls, monkeypatch):
    client.get("/")

    def broken(*_about):
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(reply_cache, "current_version", broken)

    assert client.get("/").status_code == 503


def test_a_full_cache_drops_the_least_recently_used_reply():
    cache = Replies(largest=30)
    for name in ("a", "b", "c"):
        cache.keep((name,), of_size(10))
    cache.find(("a",))

    cache.keep(("d",), of_size(10))

    assert [name for name in "abcd" if cache.find((name,))] == ["a", "c", "d"]


def test_a_reply_larger_than_the_cache_is_not_kept_and_the_replaced_one_is_not_counted():
    cache = Replies(largest=30)
    cache.keep(("a",), of_size(20))
    cache.keep(("a",), of_size(25))
    cache.keep(("b",), of_size(40))

    assert cache.find(("b",)) is None
    cache.keep(("c",), of_size(30))
    assert cache.find(("c",)) is not None


@pytest.fixture
def drawn(home):
    """Keep a page that depends on the number `ban` alone; return the list of the numbers that were drawn."""
    made = []

    def view():
        number = request.args.get("ban", type=int)
        keep_reply(query={"ban": number} if number else None, slots={"key": lambda: "khóa"})
        made.append(number)
        return f"bản {number} {slot('key')}"

    home(view)
    return made


def test_what_a_page_does_not_depend_on_draws_it_no_second_time(app, client, drawn):
    pages = [client.get(f"/?{query}") for query in ("", "fbclid=a", "x=1&y=2", "ban=", "ban=x")]

    assert {(page.status_code, page.text) for page in pages} == {(200, "bản None khóa")}
    assert (len(drawn), len(reply_cache.replies(app)._kept)) == (1, 1)


def test_values_that_a_page_depends_on_have_a_reply_each(client, drawn):
    texts = [client.get(f"/?{query}").text for query in ("ban=1", "fbclid=a&ban=01", "ban=2", "", "ban=1")]

    assert texts == [f"bản {number} khóa" for number in (1, 1, 2, None, 1)]
    assert drawn == [1, 2, None]


def test_a_strange_query_gets_no_reply_of_older_data(client, drawn, session):
    client.get("/")
    renew_version(session, PUBLIC)
    session.commit()

    client.get("/?fbclid=a")

    assert len(drawn) == 2


def test_a_strange_query_gets_no_reply_of_an_ended_period(client, drawn, set_time):
    client.get("/")
    set_time(NOON + timedelta(seconds=1))

    client.get("/?fbclid=a")

    assert len(drawn) == 2
