"""The rating page is rendered once per version of its content, and a rating needs few statements."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from account.operations.audit import TERMINAL
from commune.operations.logos import set_logo
from core import clock
from core.data_version import PUBLIC, renew_version
from core.images import Drawn
from core.web import page_cache
from survey.counter.models import Counter
from survey.counter.operations.counters import reissue_address, rename_counter, switch_rehearsal
from survey.counter.operations.offices import correct_office
from survey.counter.queries.printed import address_of
from survey.instrument.models import InstrumentVersion
from survey.instrument.queries import newest_quick
from survey.rating.models import Rating
from tests.factories import MONDAY, make_counter
from tests.support.pages import Page
from tests.support.tallies import tally

HIDDEN = re.compile(r'<input[^>]*name="(key|form_token|rehearsal)"[^>]*value="([^"]*)"')
WORDS = {"name": "Trung tâm xã Mới", "host": "Mặt trận xã", "hotline": "0207 3888 999"}


@pytest.fixture
def rendered(monkeypatch):
    """Return the cached pages that were rendered."""
    pages, render = [], page_cache._rendered
    monkeypatch.setattr(page_cache, "_rendered", lambda *about: pages.append(about) or render(*about))
    return pages


def hidden(reply):
    return dict(HIDDEN.findall(reply.text))


def send(client, path, **fields):
    return client.post(path, data=hidden(client.get(path)) | {"level": "5"} | fields)


@pytest.mark.parametrize("seconds_later", [0, 1])
def test_a_rating_takes_six_statements_over_its_page_and_its_post(
    client, path, count_queries, monkeypatch, seconds_later
):
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now)
    send(client, path)
    count_queries.clear()

    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=seconds_later))
    reply = send(client, path, comment="Phục vụ tốt", reasons=["attitude", "waiting"], device="n" * 22)

    assert reply.status_code == 201
    assert len(count_queries) == 6


def test_the_page_is_rendered_once_and_each_visitor_has_a_key_and_a_token(client, path, rendered):
    fields = [hidden(client.get(path)) for _ in range(3)]

    assert len(rendered) == 1
    assert len({each["key"] for each in fields}) == 3
    assert all(each["form_token"] for each in fields)


def test_a_cached_page_equals_a_rendered_one(client, path):
    first, second = (HIDDEN.sub("", client.get(path).text) for _ in range(2))

    assert first == second
    assert "slot-" not in second


def test_a_cached_page_holds_no_key_token_or_receipt(app, client, path):
    fields = hidden(client.get(path))
    reply = client.post(path, data=fields | {"level": "5", "comment": "Chờ lâu"})
    receipt = re.search(r'id="receipt">([^<]+)<', reply.text)[1]

    kept = "".join("".join(page.parts) for page in app.extensions["page_cache"]._pages.values())

    assert "Cảm ơn ông/bà, lượt đánh giá đã được ghi" in kept
    assert all(secret not in kept for secret in (fields["key"], fields["form_token"], receipt, "Chờ lâu"))


def test_two_ratings_have_two_receipts(client, path):
    replies = [send(client, path).text for _ in range(2)]

    assert len({re.search(r'id="receipt">([^<]+)<', reply)[1] for reply in replies}) == 2


def rename(session, counter):
    rename_counter(session, TERMINAL, counter, "Hộ tịch", now=MONDAY)


def correct(session, counter):
    correct_office(session, TERMINAL, counter.office, WORDS, now=MONDAY)


def rehearse(session, counter):
    switch_rehearsal(session, TERMINAL, counter, True, now=MONDAY)


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (rename, "Hộ tịch"),
        (correct, "Trung tâm xã Mới"),
        (correct, "0207 3888 999"),
        (rehearse, "DIỄN TẬP, không tính"),
    ],
)
def test_a_change_shows_on_the_next_page(client, session, counter, path, change, shown):
    before = client.get(path).text

    change(session, counter)
    session.commit()

    assert shown not in before
    assert shown in Page(client.get(path).text).text


def test_a_new_logo_shows_on_the_next_page(client, session, counter, path):
    client.get(path)

    set_logo(session, counter.office.unit, Drawn(b"large", b"small"), by="account:1", now=clock.now())
    session.commit()

    assert '<img class="logo"' in client.get(path).text


def test_a_new_code_ends_the_kept_page_of_the_old_one(client, session, counter, path):
    client.get(path)

    reissue_address(session, TERMINAL, counter, now=MONDAY)
    session.commit()

    assert client.get(path).status_code == 410


def test_a_change_by_another_process_shows_on_the_next_page(client, counter, path, database_url):
    client.get(path)
    engine = create_engine(database_url)
    with Session(engine) as elsewhere:
        rename_counter(elsewhere, TERMINAL, elsewhere.get_one(Counter, counter.id), "Đổi ở nơi khác", now=MONDAY)
        elsewhere.commit()
    engine.dispose()

    assert "Đổi ở nơi khác" in client.get(path).text


def test_a_new_version_of_the_questionnaire_is_asked_and_answered(client, session, counter, path):
    client.get(path)
    first = session.get(InstrumentVersion, newest_quick(session))
    stored = json.loads(first.body)
    stored["items"][0]["label"]["vi"] = "Hôm nay ông/bà thấy thế nào?"
    stored["items"][1]["options"].append({"code": "parking", "label": {"vi": "Chỗ để xe"}})
    version = InstrumentVersion(name="quick", version=first.version + 1, body=json.dumps(stored))
    session.add(version)
    renew_version(session, PUBLIC)
    session.commit()

    page = client.get(path).text
    reply = send(client, path, reasons=["parking"])

    rating = session.query(Rating).one()
    assert "Hôm nay ông/bà thấy thế nào?" in page
    assert "Chỗ để xe" in send(client, path).text
    assert reply.status_code == 201
    assert (rating.instrument_id, rating.reasons) == (version.id, ["parking"])
    assert {key[3:] for key in tally(session)} == {("level", "5"), ("reasons", "parking")}


@pytest.mark.parametrize("left", [",", ")", "),", "%20", "…"])
def test_what_a_chat_program_leaves_behind_an_address_is_forgiven(client, path, left):
    plain = client.get(path)
    page = client.get(path + left)

    assert page.status_code == 200
    assert Page(page.text).heading == Page(plain.text).heading
    assert send(client, path + left).status_code == 201


def test_an_address_with_a_slash_behind_it_leads_to_the_page(client, path):
    assert client.get(f"{path}/?thay=1").location.lower() == path.lower()
    assert client.get(f"{path.upper()}/", follow_redirects=True).status_code == 200


def test_an_address_typed_under_telex_opens_its_counter(client, session, keyring):
    codes = (address_of(keyring, make_counter(session)) for _ in range(200))
    code = next(code for code in codes if "W" in code)
    session.commit()

    assert client.get(f"/q/{code.replace('W', 'Ư')}").status_code == 200


def test_every_spelling_of_an_address_is_one_kept_place(app, client, path):
    head, code = path.rsplit("/", 1)
    for spelling in (code, code.lower(), f"{code[:5]}-{code[5:]}", f"{code[:3]}---{code[3:]}"):
        assert send(client, f"{head}/{spelling}").status_code == 201

    assert app.extensions["rated_places"].cache_info().currsize == 1
