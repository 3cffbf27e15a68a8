"""A figure says which days and which counters it covers, when it was brought up to date and when it will be."""

import re
from datetime import date, timedelta

import pytest

from core import clock
from core.crypto import new_code
from survey.figures.rules.coverage import Coverage, coverage
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_counter
from tests.support.pages import Page


def rate(session, keyring, counter, count, now=MONDAY):
    for _ in range(count):
        record_rating(session, keyring, counter, Opinion(Level(5)), channel=Channel.OPEN, receipt=new_code(), now=now)


@pytest.fixture
def wednesday(monkeypatch):
    """Set the present to a Wednesday three weeks after the ratings."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(weeks=3, days=2, hours=9))


def test_a_figure_covers_whole_weeks_and_comes_on_mondays():
    weeks = [date(2026, 6, 8), date(2026, 5, 25)]

    found = coverage(weeks, date(2026, 6, 22))

    assert found == Coverage(date(2026, 5, 25), date(2026, 6, 14), date(2026, 6, 22), date(2026, 6, 29))
    assert coverage([], date(2026, 6, 22)) is None


@pytest.mark.parametrize(
    ("last_week", "waits_from"),
    [(date(2026, 6, 15), None), (date(2026, 6, 8), date(2026, 6, 15)), (date(2026, 5, 25), date(2026, 6, 1))],
)
def test_finished_weeks_after_the_last_of_a_figure_wait(last_week, waits_from):
    found = coverage([last_week], date(2026, 6, 22))

    assert (found.waits_from, found.waits_until) == (waits_from, date(2026, 6, 21))


@pytest.mark.usefixtures("wednesday")
def test_an_office_names_its_days_and_the_counters_that_are_not_in_it(session, keyring, client):
    first = make_counter(session, number=1)
    counters = [first, *(make_counter(session, office=first.office, number=number) for number in (2, 3, 4))]
    rate(session, keyring, counters[0], 5)
    rate(session, keyring, counters[1], 4)
    rate(session, keyring, counters[2], 5, MONDAY + timedelta(weeks=1))
    session.commit()

    page = Page(client.get(f"/ket-qua/{first.office.slug}").text).text

    assert "10 trong 10 lượt đánh giá" in page
    assert "Gồm các lượt từ 01/06/2026 đến hết 14/06/2026, " in page
    assert "đến hết 14/06/2026, mỗi quầy chỉ tính những tuần đã có đủ 5 lượt từ 5 máy khác nhau." in page
    assert "Lượt từ 15/06/2026 đến hết 21/06/2026, nếu có, chưa gom đủ nên chưa tính" in page
    assert "Lần cập nhật tới: thứ Hai 29/06/2026." in page
    assert "Chưa có trong số liệu, vì chưa đủ 5 lượt từ 5 máy khác nhau: Quầy 2, 4." in page


@pytest.mark.usefixtures("wednesday")
def test_a_figure_that_reaches_to_the_end_of_last_week_names_its_updates(session, keyring, client):
    counter = make_counter(session)
    rate(session, keyring, counter, 5, MONDAY + timedelta(weeks=2))
    session.commit()

    page = Page(client.get(f"/ket-qua/{counter.office.slug}").text).text

    assert "Cập nhật thứ Hai 22/06/2026, lần tới thứ Hai 29/06/2026." in page
    assert "chưa gom đủ" not in page


@pytest.mark.usefixtures("wednesday")
def test_a_counter_and_an_office_with_all_its_counters_name_none(session, keyring, client):
    counter = make_counter(session)
    rate(session, keyring, counter, 5)
    session.commit()

    paths = (f"/ket-qua/{counter.office.slug}", f"/ket-qua/{counter.office.slug}/quay/{counter.number}")
    pages = [Page(client.get(path).text).text for path in paths]

    assert ["Gồm các lượt từ 01/06/2026 đến hết 07/06/2026," in page for page in pages] == [True, True]
    assert ["Chưa có trong số liệu" in page for page in pages] == [False, False]


def test_the_thanks_say_who_reads_the_comment_and_the_receipt_shows_it(client, session, keyring):
    counter = make_counter(session)
    opinion = Opinion(Level(2), comment="Chờ lâu")
    record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt="7K3M9QXD2F4A8BCE", now=MONDAY)
    session.commit()
    form = Page(client.get("/danh-gia/tra-cuu").text).form()

    page = client.post("/danh-gia/tra-cuu", data=dict(form.filled(code="7K3M-9QXD-2F4A-8BCE"))).text

    assert "Chờ lâu" in page
    assert re.search(r"<[^>]* data-focus>", page)[0].startswith('<div class="notice good" role="status"')
    assert "Không hài lòng" not in page, "the level is not shown, as the thanks page says"
    assert '<button class="button danger" type="submit" data-sending="Đang gửi…">Xóa lời góp ý</button>' in page
    assert ".button.danger { background: transparent;" in page
