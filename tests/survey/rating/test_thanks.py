"""The page of thanks: what was recorded, and reasons and a comment that are added once, with its ticket."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from account.operations.audit import TERMINAL
from core import clock
from core.values.week import VIETNAM
from core.web.form_tokens import STALE
from survey.counter.operations.counters import close_counters, switch_rehearsal
from survey.rating import forms
from survey.rating.models import Rating
from survey.rating.operations.rehearsal import wipe_rehearsal
from tests.factories import MONDAY
from tests.support.pages import Page
from tests.support.tallies import tally

RATED_AT = datetime(2026, 6, 3, 9, 0, tzinfo=VIETNAM)
SUNDAY_NIGHT = datetime(2026, 6, 7, 23, 55, tzinfo=VIETNAM)
WORDS = {"reasons": ["trips", "waiting"], "comment": "Chờ lâu"}


@pytest.fixture
def at(monkeypatch):
    """Set the clock."""

    def stand(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    stand(RATED_AT)
    return stand


@pytest.fixture
def rated(client, path, at):
    """Return a function that rates and returns the form of the page of thanks."""

    def rate(level=2, moment=RATED_AT, **fields):
        at(moment)
        form = Page(client.get(path).text).form()
        reply = client.post(path, data=dict(form.filled(level=level, **fields)))
        assert reply.status_code == 201
        return Page(reply.text)

    return rate


def send(client, form, **words):
    pairs = form.filled(**words)
    data = {name: [value for key, value in pairs if key == name] for name, _ in pairs}
    return client.post(form.action, data=data)


def said(session):
    session.expire_all()
    rating = session.scalars(select(Rating)).one()
    return rating.level, rating.reasons, rating.comment


def test_the_rating_page_asks_for_the_level_alone(client, path):
    names = {value for tag, name, value in Page(client.get(path).text).attributes if name == "name" and tag != "meta"}

    assert names == {"form_token", "key", "rehearsal", "level", "device"}


def test_who_leaves_at_the_page_of_thanks_has_rated(session, rated):
    page = rated(level=4)

    assert "Hài lòng" in page.text
    assert said(session) == (4, [], "")
    assert {key[3:] for key in tally(session)} == {("level", "4")}


def test_reasons_and_comment_are_added_and_confirmed(client, session, rated):
    reply = send(client, rated().form("/them"), **WORDS)

    page = Page(reply.text)
    assert reply.status_code == 201
    assert "Đã nhận lời nói thêm của ông/bà." in page.text
    assert "Không hài lòng" in page.text
    assert page.forms == []
    assert said(session) == (2, ["trips", "waiting"], "Chờ lâu")
    assert sum(count for key, count in tally(session).items() if key[3] == "level") == 1


@pytest.mark.parametrize("words", [{"reasons": ["cost"]}, {"comment": "Tốt"}])
def test_either_is_enough(client, session, rated, words):
    reply = send(client, rated().form("/them"), **words)

    assert reply.status_code == 201
    assert said(session) == (2, words.get("reasons", []), words.get("comment", ""))


def test_the_same_sent_again_gets_the_same_page_and_counts_once(client, session, rated):
    form = rated().form("/them")

    first, again = send(client, form, **WORDS), send(client, form, **WORDS)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.text == again.text
    assert tally(session)[next(key for key in tally(session) if key[4] == "waiting")] == 1


def test_a_replay_is_answered_when_the_ticket_is_over(client, rated, at):
    form = rated().form("/them")
    first = send(client, form, **WORDS)
    at(RATED_AT + timedelta(hours=2))

    again = send(client, form, **WORDS)

    assert (again.status_code, again.text) == (200, first.text)


def test_a_comment_that_is_too_long_is_not_searched_for_numbers(client, rated, monkeypatch):
    form, searched = rated().form("/them"), []
    monkeypatch.setattr(forms, "is_personal", searched.append)

    reply = send(client, form, comment="0(" * 501)

    assert (reply.status_code, searched) == (422, [])
    assert "dài quá" in reply.text


def test_other_words_under_one_ticket_are_given_back_and_the_first_stay(client, session, rated):
    form = rated().form("/them")
    send(client, form, **WORDS)

    other = send(client, form, comment="Sửa lại <b>lời</b>", reasons=["cost"])

    text = Page(other.text).text
    assert other.status_code == 422
    assert "mỗi lượt nói thêm được một lần" in text
    assert "Sửa lại <b>lời</b>" in text
    assert "Phí, lệ phí và biên lai" in text
    assert said(session) == (2, ["trips", "waiting"], "Chờ lâu")


@pytest.mark.parametrize(
    ("rated_at", "sent_at"),
    [
        (RATED_AT, RATED_AT + timedelta(minutes=30)),
        (SUNDAY_NIGHT, SUNDAY_NIGHT + timedelta(minutes=5)),
        (RATED_AT, RATED_AT + timedelta(days=20)),
    ],
)
def test_a_late_ticket_adds_nothing_and_gives_the_words_back(client, session, rated, at, rated_at, sent_at):
    form = rated(moment=rated_at).form("/them")
    at(sent_at)

    late = send(client, form, **WORDS)

    text = Page(late.text).text
    assert late.status_code == 410
    assert "Lượt đánh giá của ông/bà đã được ghi đủ." in text
    assert "Chờ lâu" in text
    assert "Số lần đi lại" in text
    assert said(session) == (2, [], "")


def test_the_last_moment_is_in_time(client, session, rated, at):
    form = rated(moment=SUNDAY_NIGHT).form("/them")
    at(SUNDAY_NIGHT + timedelta(minutes=4, seconds=59))

    assert send(client, form, **WORDS).status_code == 201


def test_a_ticket_that_was_changed_is_none(client, session, rated):
    form = rated().form("/them")
    other = form.value("ticket").replace(".2.", ".5.")

    reply = send(client, form, ticket=other, **WORDS)

    assert reply.status_code == 400
    assert "Chờ lâu" in Page(reply.text).text
    assert said(session) == (2, [], "")


def test_a_form_in_which_nothing_is_said_comes_back(client, session, rated):
    form = rated().form("/them")

    empty = send(client, form)

    page = Page(empty.text)
    assert empty.status_code == 422
    assert "Ông/bà chưa chọn và chưa viết gì." in page.text
    assert page.form("/them").value("ticket") == form.value("ticket")
    assert send(client, page.form("/them"), **WORDS).status_code == 201


def test_a_telephone_number_is_refused_and_what_was_typed_stays(client, session, rated):
    reply = send(client, rated().form("/them"), reasons=["cost"], comment="Gọi 0912 345 678")

    form = Page(reply.text).form("/them")
    assert reply.status_code == 422
    assert "địa chỉ thư điện tử" in Page(reply.text).text
    assert (form.value("comment"), form.values("reasons")) == ("Gọi 0912 345 678", ["cost"])
    assert said(session) == (2, [], "")


def test_a_form_without_its_token_comes_back(client, session, rated):
    reply = send(client, rated().form("/them"), form_token="", **WORDS)

    assert reply.status_code == 422
    assert STALE in Page(reply.text).text
    assert said(session) == (2, [], "")


def test_the_rating_sent_again_shows_what_was_added(client, path, at):
    pairs = dict(Page(client.get(path).text).form().filled(level=2))
    first = Page(client.post(path, data=pairs).text)

    before = Page(client.post(path, data=pairs).text)
    send(client, first.form("/them"), **WORDS)
    after = Page(client.post(path, data=pairs).text)
    at(RATED_AT + timedelta(hours=1))

    assert before.form("/them").value("ticket") == first.form("/them").value("ticket")
    assert "Đã nhận lời nói thêm" in after.text
    assert after.forms == []


def test_a_rating_sent_again_late_offers_no_form(client, path, at):
    pairs = dict(Page(client.get(path).text).form().filled(level=2))
    client.post(path, data=pairs)
    at(RATED_AT + timedelta(hours=1))

    again = client.post(path, data=pairs)

    assert again.status_code == 200
    assert Page(again.text).forms == []
    assert "Đã nhận" not in again.text


def test_a_page_from_before_the_change_still_sends_its_reasons(session, rated):
    page = rated(reasons=["cost"], comment="Tốt")

    assert "Đã nhận lời nói thêm" in page.text
    assert page.forms == []
    assert said(session) == (2, ["cost"], "Tốt")


def test_reasons_of_an_old_page_stay_where_the_level_is_missing(client, session, path):
    form = Page(client.get(path).text).form()

    reply = client.post(path, data=dict(form.filled(reasons="cost", comment="Tốt")))
    again = Page(reply.text).form()

    assert (again.values("reasons"), again.value("comment")) == (["cost"], "Tốt")
    assert client.post(path, data=dict(again.filled(level=5))).status_code == 201
    assert said(session) == (5, ["cost"], "Tốt")


def test_a_counter_that_closed_meanwhile_takes_the_words(client, session, counter, rated):
    form = rated().form("/them")
    close_counters(session, TERMINAL, [counter], now=RATED_AT)
    session.commit()

    assert send(client, form, **WORDS).status_code == 201


def test_words_of_a_rehearsal_that_was_wiped_are_given_back(client, session, counter, rated):
    switch_rehearsal(session, TERMINAL, counter, True, now=MONDAY)
    session.commit()
    page = rated()
    wipe_rehearsal(session, TERMINAL, counter.office, now=RATED_AT)
    session.commit()

    reply = send(client, page.form("/them"), **WORDS)

    assert "không được tính" in page.heading
    assert reply.status_code == 410
    assert "Chờ lâu" in Page(reply.text).text


def test_the_address_of_the_form_leads_to_the_rating_page(client, path):
    reply = client.get(f"{path}/them")

    assert reply.status_code == 303
    assert reply.location.lower() == path.lower()


def test_adding_takes_four_statements(client, rated, count_queries):
    send(client, rated().form("/them"), comment="Nhanh")
    form = rated().form("/them")
    count_queries.clear()

    reply = send(client, form, **WORDS)

    assert reply.status_code == 201
    assert len(count_queries) == 4


def test_kept_pages_of_thanks_hold_nothing_of_a_rating(app, client, rated):
    page = rated(level=1)
    form = page.form("/them")
    send(client, form, **WORDS)

    kept = ["".join(each.parts) for each in app.extensions["page_cache"]._pages.values()]

    thanks = [text for text in kept if 'class="done"' in text]
    secrets = (form.value("ticket"), form.value("form_token"), "Chờ lâu", "Rất không hài lòng", 'class="c1"')
    assert len(thanks) == 2
    assert [secret for text in thanks for secret in secrets if secret in text] == []
    assert re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", "".join(kept)) is None


def test_the_page_says_the_monday_after(rated):
    assert "Thứ Hai, 08/06/2026" in rated().text
    assert "Thứ Hai, 15/06/2026" in rated(moment=RATED_AT + timedelta(weeks=1)).text
