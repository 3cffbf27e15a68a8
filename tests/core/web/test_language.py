"""The language of a page: by its address alone, kept in its links, kept apart in the caches."""

import re
from datetime import date

import pytest
from flask import redirect, render_template_string, request, url_for
from hypothesis import given
from hypothesis import strategies as st

from core.translation import gettext
from core.values.language import present, use
from core.web import language
from core.web.language import in_language, take_off
from core.web.reply_cache import keep_reply, replies
from tests.factories import make_contest

HERE = "{% from '_macros/language.html' import links, switch %}{{ switch() }}{{ links() }}"


@pytest.fixture
def front(app, monkeypatch):
    """Replace the front page by a view; `front(view)` sets it."""
    return lambda view: monkeypatch.setitem(app.view_functions, "report.home", view)


def lang_of(page):
    return re.search('<html lang="(..)"', page.text).group(1)


@pytest.mark.parametrize(
    ("address", "spoken"),
    [
        ("/quyen-rieng-tu", "vi"),
        ("/quyen-rieng-tu?lang=en", "en"),
        ("/quyen-rieng-tu?lang=vi", "vi"),
        ("/quyen-rieng-tu?lang=xx", "vi"),
        ("/quyen-rieng-tu?lang=EN", "vi"),
        ("/quyen-rieng-tu?lang=", "vi"),
        ("/quyen-rieng-tu?lang", "vi"),
        ("/quyen-rieng-tu?lang=en&lang=vi", "vi"),
        ("/quyen-rieng-tu?a=1&lang=en&b=2", "en"),
        ("/quyen-rieng-tu?slang=en", "vi"),
    ],
)
def test_the_address_alone_decides(client, address, spoken):
    page = client.get(address, headers={"Accept-Language": "en,en-US"})

    assert (page.status_code, lang_of(page)) == (200, spoken)
    assert "Accept-Language" not in page.headers.get("Vary", "") and "Cookie" not in page.headers.get("Vary", "")


def test_a_page_speaks_english_and_the_next_one_vietnamese_again(client):
    english, vietnamese = client.get("/quyen-rieng-tu?lang=en"), client.get("/quyen-rieng-tu")

    assert (lang_of(english), lang_of(vietnamese), present()) == ("en", "vi", "vi")


def test_views_never_see_the_language_in_their_query(client, front):
    front(lambda: f"{dict(request.args)} {request.full_path}")

    assert client.get("/?a=1&lang=en&b=2").text == "{'a': '1', 'b': '2'} /?a=1&b=2"


def test_every_built_address_carries_it_on(client, front):
    front(lambda: " ".join([url_for("report.home", a=1), url_for("static", filename="x"), url_for("report.privacy")]))

    assert client.get("/?lang=en").text == "/?a=1&lang=en /static/x /quyen-rieng-tu?lang=en"
    assert client.get("/").text == "/?a=1 /static/x /quyen-rieng-tu"


def test_a_redirect_carries_it_on(client, front):
    front(lambda: redirect(url_for("report.privacy")))

    assert client.get("/?lang=en").location == "/quyen-rieng-tu?lang=en"


@pytest.mark.parametrize(
    ("location", "kept"),
    [
        ("/quyen-rieng-tu", "/quyen-rieng-tu?lang=en"),
        ("/thi/?a=1", "/thi/?a=1&lang=en"),
        ("/thi/?lang=vi", "/thi/?lang=vi"),
        ("http://localhost/thi/", "http://localhost/thi/?lang=en"),
        ("https://elsewhere.example/", "https://elsewhere.example/"),
    ],
)
def test_a_redirect_to_a_page_of_ours_keeps_it_though_its_view_does_not(client, front, location, kept):
    front(lambda: redirect(location))

    assert client.get("/?lang=en").location == kept
    assert client.get("/").location == location


def test_the_routers_own_redirect_keeps_it(client):
    assert client.get("/thi?lang=en").location.endswith("/thi/?lang=en")


def test_the_switch_leads_to_the_same_page_and_back(client, front):
    front(lambda: render_template_string(HERE))

    link = 'href="([^"]*)" hreflang="{}" lang="{}">.*?<span class="lang-full">{}<'
    there = re.search(link.format("en", "en", "English"), client.get("/?a=1").text).group(1)
    english = client.get(there.replace("&amp;", "&")).text
    back = re.search(link.format("vi", "vi", "Tiếng Việt"), english).group(1)

    assert (there, back) == ("/?a=1&amp;lang=en", "/?a=1")


def test_the_switch_of_a_kept_page_keeps_what_the_page_declared(client, front):
    def view():
        keep_reply(query={"trang": 2})
        return render_template_string(HERE)

    front(view)

    text = client.get("/?fbclid=1&trang=2").text

    assert 'href="/?trang=2&amp;lang=en"' in text
    assert "fbclid" not in text


def test_a_reply_to_a_sent_form_has_no_switch(app):
    with app.test_request_context("/quan-tri/dang-nhap", method="POST"):
        assert language.other_languages() == []
        assert language.alternates() == []


@pytest.mark.parametrize(("path", "there"), [("/Q/", "/Q/?lang=en"), ("//a.example", "/a.example?lang=en")])
def test_an_address_without_a_page_has_a_switch_to_itself_and_no_alternates(app, path, there):
    with app.test_request_context("/", environ_overrides={"PATH_INFO": path}):
        request.url_rule = None

        assert [each.address for each in language.other_languages()] == [there]
        assert language.alternates() == []


def test_alternates_name_the_full_address_of_each_language(client, front, app):
    front(lambda: render_template_string(HERE))
    root = app.extensions["settings"].public_url

    text = client.get("/?lang=en").text

    assert f'<link rel="alternate" hreflang="en" href="{root}/?lang=en">' in text
    assert f'<link rel="alternate" hreflang="vi" href="{root}/">' in text


def test_a_kept_page_is_kept_once_a_language_and_never_for_a_made_up_one(client, front, app):
    calls = []

    def view():
        keep_reply(seconds=86400)
        calls.append(present())
        return present()

    front(view)
    before = len(replies(app)._kept)

    texts = [client.get(f"/{query}").text for query in ("", "?lang=xx", "?lang=yy", "?lang=en", "?lang=en&lang=en")]

    assert texts == ["vi", "vi", "vi", "en", "en"]
    assert calls == ["vi", "en"]
    assert len(replies(app)._kept) == before + 2


def test_a_form_sent_by_get_keeps_it(client, front):
    front(lambda: render_template_string("{{ language_field() }}"))

    assert client.get("/?lang=en").text == '<input type="hidden" name="lang" value="en">'
    assert client.get("/").text == ""


def test_an_error_page_is_in_the_language_of_its_address(client):
    assert lang_of(client.get("/khong-co?lang=en")) == "en"


@given(st.lists(st.sampled_from(["a=1", "lang=en", "lang=vi", "lang=%65n", "lang", "", "a", "xlang=en", "lang=e&n"])))
def test_taking_the_language_off_leaves_every_other_piece(pieces):
    environ = {"QUERY_STRING": "&".join(pieces)}
    whole = "&".join(pieces).split("&")

    asked = take_off(environ)

    others = [piece for piece in whole if piece.partition("=")[0] != "lang"]
    named = [piece.partition("=")[2] for piece in whole if piece.partition("=")[0] == "lang"]
    assert [piece for piece in environ["QUERY_STRING"].split("&") if piece] == [piece for piece in others if piece]
    assert asked == ("en" if named[-1:] == ["en"] else "vi")


@given(st.sampled_from(["/", "/a?b=1", "/a?b=1#c", "/a#c"]))
def test_an_address_in_a_language_is_read_back(address):
    path, _, fragment = in_language(address, "en").partition("#")
    environ = {"QUERY_STRING": path.partition("?")[2]}

    assert take_off(environ) == "en"
    assert environ["QUERY_STRING"] == address.partition("#")[0].partition("?")[2]
    assert fragment == address.partition("#")[2]


def test_numbers_and_days_follow_the_language(app):
    numbers = "{{ 11963 | thousands }} {{ 0.739 | percent }} {{ 9 | duration }}"
    days = "{{ day | weekday_short }} {{ day | day_short }}"
    page = f"{numbers} {days}"
    with app.test_request_context():
        vietnamese = render_template_string(page, day=date(2026, 6, 5))
        with use("en"):
            english = render_template_string(page, day=date(2026, 6, 5))

    assert (vietnamese, english) == ("11.963 73,9\xa0% 0\xa0giây T6 5/6", "11,963 73.9% 0\xa0seconds Fri 5 Jun")


def test_a_sentence_without_a_translation_stays_vietnamese():
    with use("en"):
        assert gettext("câu chưa có bản dịch: %(n)s", n=3) == "câu chưa có bản dịch: 3"


def test_content_is_marked_as_vietnamese_on_a_page_in_another_language(app):
    page = "<h1>{{ name | content }}</h1>"
    with app.test_request_context():
        vietnamese = render_template_string(page, name="xã <b>")
        with use("en"):
            english = render_template_string(page, name="xã <b>")

    assert (vietnamese, english) == ("<h1>xã &lt;b&gt;</h1>", '<h1><span lang="vi">xã &lt;b&gt;</span></h1>')


def test_a_form_of_a_kept_page_is_sent_in_the_language_of_the_page(client, session):
    contest = make_contest(session)
    session.commit()
    page = f"/thi/{contest.slug}/dang-ky"

    assert 'action="?gui"' in client.get(page).text
    english = client.get(f"{page}?lang=en").text
    assert 'action="?gui&amp;lang=en"' in english
    assert lang_of(client.post(f"{page}?gui&lang=en", data={})) == "en"
