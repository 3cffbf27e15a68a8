"""However an address is spelt, its page is that of an application that keeps nothing, and is drawn once."""

import re
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock
from core.crypto import new_code
from core.data_version import PUBLIC, renew_version
from core.web.reply_cache import Replies
from survey.counter.queries.printed import address_of
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_contest, make_counter
from tests.quiz.results.test_after_correction import exclude_later, publish
from tests.quiz.results.test_exclusion import week

__all__ = ["week"]

OF_ONE_REQUEST = re.compile(r'(<input[^>]*name="(?:key|form_token)"[^>]*value=")[^"]*')
PAGES = [
    "/",
    "/thi/{contest}",
    "/thi/{contest}/bang",
    "/thi/{contest}/tuan/{number}",
    "/ket-qua/",
    "/ket-qua/{office}",
    "/ket-qua/{office}/quay/{number}",
    "/ket-qua/{office}/xu-huong.svg",
    "/ket-qua/{office}/quay/{number}/xu-huong.svg",
    "/q/{code}",
    "/Q/{code}",
]
VALUES = [
    ("ban", "1"),
    ("ban", "01"),
    ("ban", "2"),
    ("don-vi", "hom-nay"),
    ("nen", "toi"),
    ("thay", "1"),
    ("trang", "2"),
]
STRANGE = [("fbclid", "a"), ("ban", "x"), ("nen", "x"), ("don-vi", ""), ("Ban", "1")]
HOSTS = ["localhost", "127.0.0.1:9", "lang-nghe.example:80", "lang-nghe.example"]


@pytest.fixture
def site(app, session, keyring, week, monkeypatch):
    """Fill an instance with two of each thing that an address names; return the names. The clock stands."""
    publish(session, week)
    exclude_later(session, week)
    other = make_contest(session)
    counters = [make_counter(session, number=8), make_counter(session, number=2)]
    for counter, level, count in zip(counters, (Level.SATISFIED, Level.NEUTRAL), (5, 6), strict=True):
        for _ in range(count):
            now, opinion = MONDAY, Opinion(level)
            record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt=new_code(), now=now)
    renew_version(session, PUBLIC)
    session.commit()
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    return {
        "contest": [week.contest.slug, other.slug],
        "office": [each.office.slug for each in counters],
        "code": [address_of(keyring, each) for each in counters],
    }


@st.composite
def visits(draw, site):
    """Draw four requests for one page, each spelt in any way: method, path, query, headers."""
    page, number = draw(st.sampled_from(PAGES)), draw(st.sampled_from([1, 2, 8]))
    named = {name: draw(st.sampled_from(values)) for name, values in site.items()}
    return [draw(spellings(page, named, number)) for _ in range(4)]


@st.composite
def spellings(draw, page, named, number):
    code = draw(st.sampled_from([named["code"], named["code"].lower(), in_two(named["code"])]))
    zeros, slashes = draw(st.integers(0, 3)), draw(st.sampled_from(["", "", "", "/"]))
    path = slashes + page.format(**named | {"code": code, "number": f"{'0' * zeros}{number}"})
    query = urlencode(draw(st.lists(st.sampled_from(VALUES + STRANGE), max_size=2)))
    host = draw(st.sampled_from(HOSTS))
    forwarded = draw(st.sampled_from([{}, {"X-Forwarded-Host": host.removesuffix(":80")}]))
    return draw(st.sampled_from(["GET", "HEAD"])), path, query, {"Host": host, **forwarded}


def in_two(code):
    return f"{code[:5]}- {code[5:]}"


def of_all(reply):
    """Return what a reply says beside the key and the token of one request, its length and the second it was sent."""
    headers = [(name, value) for name, value in reply.headers if name not in ("Content-Length", "Date")]
    return reply.status, headers, OF_ONE_REQUEST.sub(r"\1", reply.text)


@pytest.fixture
def ask(app, client):
    """Return a function that sends a request beside these kept replies and returns what the reply says."""

    def send(request, kept):
        app.extensions["replies"] = kept
        method, path, query, headers = request
        environ = {"PATH_INFO": path, "QUERY_STRING": query}
        return of_all(client.open("/", method=method, headers=headers, environ_overrides=environ))

    return send


def test_no_page_is_answered_with_the_reply_of_another(site, ask):
    kept, drawn = Replies(), {}

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(visits(site))
    def compare(requests):
        for *asked, headers in requests:
            if tuple(asked) not in drawn:
                drawn[tuple(asked)] = ask((*asked, {"Host": "localhost"}), Replies(largest=0))
            assert ask((*asked, headers), kept) == drawn[tuple(asked)]

    compare()


@pytest.mark.parametrize(
    ("address", "others"),
    [
        ("/thi/{contest}/tuan/1", ["/thi/{contest}/tuan/01", "/thi/{contest}/tuan/０００1"]),
        ("/ket-qua/{office}/quay/8", ["/ket-qua/{office}/quay/08", "/ket-qua/{office}/quay/８"]),
        ("/q/{code}", ["/q/{lower}", "/q/{parted}", "/q/-{code}-"]),
        ("/Q/{code}", ["/Q/{lower}", "/Q/{parted}", "/Q/-{code}-"]),
    ],
)
def test_an_address_in_another_spelling_gets_the_reply_that_is_kept(site, ask, address, others):
    kept, first = Replies(), {name: values[0] for name, values in site.items()}
    paths = [
        each.format(**first, lower=first["code"].lower(), parted=in_two(first["code"])).encode().decode("latin-1")
        for each in [*others, address]
    ]

    replies = [ask(("GET", path, "", {"Host": "localhost"}), kept) for path in paths]

    assert replies == [replies[0]] * len(paths)
    assert (replies[0][0], [key[1] for key in kept._kept]) == ("200 OK", [paths[-1]])
