"""A contest's poster and invitation: they say when, what and where, fit the longest names, and the code is read."""

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import clock, qr
from core.pdf.symbol import shorter
from core.values.week import local_date
from quiz.attempt.operations.rehearsal import open_rehearsal
from quiz.contest.documents import SHEETS, ContestSheet, PrintedWeek, Prize, contest_pdf
from quiz.contest.models import PrizeTier
from tests.factories import make_account, make_contest, make_unit
from tests.support.pages import Page
from tests.support.sheets import (
    MM,
    astray,
    boxes_on,
    overlap,
    overlapping,
    pages_of,
    photographed,
    quiet_zones,
    texts_on,
    words_on,
)
from tests.support.staff import enter

EACH = pytest.mark.parametrize("kind", list(SHEETS))
LONG = bool(os.environ.get("LONG"))
TURNS = (0, 7, 33, 90, 180, 211) if LONG else (7, 180)
WORST = "https://danhgia.trungtamphucvuhanhchinhcong.tuyenquang.gov.vn/thi/" + "tim-hieu-" * 8
MONDAY = date(2026, 11, 16)


def weeks(count):
    days = [MONDAY + timedelta(weeks=at) for at in range(count)]
    return tuple(PrintedWeek(at, first, first + timedelta(days=6)) for at, first in enumerate(days, start=1))


def sheet(**changes):
    valid = {
        "title": "Tìm hiểu cải cách hành chính xã Lâm Bình năm 2026",
        "organiser": "Ban Tổ chức cuộc thi xã Lâm Bình",
        "url": "https://lang-nghe.example/thi/cai-cach-hanh-chinh",
        "typed_address": "lang-nghe.example/t/7",
        "weeks": weeks(4),
        "summary": "Mười câu hỏi mỗi tuần về thủ tục hành chính.",
        "hotline": "0207 000 0000",
        "youngest": 14,
        "questions": 10,
        "minutes": 15,
        "prizes": (Prize("Giải Nhất", 1, 500_000), Prize("Giải Nhì", 2, 300_000), Prize("Giải Ba", 3, 200_000)),
    }
    return ContestSheet(**{**valid, **changes})


UGLY = {
    "as in the demo": {},
    "nothing but a title": {"weeks": (), "summary": "", "hotline": "", "youngest": 0, "questions": 0, "prizes": ()},
    "one week": {"weeks": weeks(1)},
    "half a year": {"weeks": weeks(26)},
    "a dozen weeks, ten prizes": {
        "weeks": weeks(12),
        "prizes": tuple(Prize(f"Giải Khuyến khích tập thể số {at}", 1000, 10_500_000) for at in range(10)),
    },
    "the longest of everything": {
        "title": "Cuộc thi trực tuyến tìm hiểu cải cách hành chính, chuyển đổi số và dịch vụ công " * 3,
        "organiser": "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh phối hợp với Sở Nội vụ tỉnh " * 2,
        "summary": "Ậ" * 140,
        "url": WORST,
        "typed_address": WORST.removeprefix("https://"),
        "weeks": weeks(12),
        "hotline": "0207 3 812 345 0207 3 812 345 0207 3 812",
        "prizes": tuple(Prize("Ậ" * 60, 1000, 999_000_000) for _ in range(5)),
    },
    "rare letters": {"title": "Tìm hiểu buôn Čư Mgar, xã Ea Tu̱l, ƀuôn Krŏng", "organiser": "Ban Tổ chức bŭôn Ako"},
}


def page_of(kind, **changes):
    return pages_of(contest_pdf(sheet(**changes), kind))[0]


@EACH
def test_a_sheet_says_when_what_and_where(kind):
    text = words_on(page_of(kind))

    for said in (
        "Tìm hiểu cải cách hành chính xã Lâm Bình năm 2026",
        "Nhận bài 16/11–13/12/2026 4 tuần thi",
        "Mỗi tuần 10 câu hỏi trong 15 phút",
        "Ai được thi Từ 14 tuổi",
        "Tuần 2",
        "23/11–29/11",
        "Giải Nhất",
        "500.000 đồng",
        "3 giải mỗi tuần",
        "1. Mở Zalo hoặc máy ảnh",
        "3. Đăng ký rồi vào thi",
        "Ban Tổ chức cuộc thi xã Lâm Bình",
        "Hỏi Ban Tổ chức: 0207 000 0000",
    ):
        assert said in text
    assert "lang-nghe.example/t/7" in text.replace(" ", "")


def test_the_invitation_has_a_line_for_a_name():
    assert "Giấy mời dự thi Kính mời: ....." in words_on(page_of("a5"))


@EACH
@pytest.mark.parametrize("changes", UGLY.values(), ids=UGLY)
def test_the_code_is_read_its_quiet_is_kept_and_nothing_is_astray(kind, changes):
    page = page_of(kind, **changes)

    zones = quiet_zones(page)

    assert texts_on(page, 4) == [sheet(**changes).url]
    assert astray(page, kind) == []
    assert overlapping(page) == []
    assert [(box, zone) for box in boxes_on(page) for zone in zones if overlap(box, zone)] == []


@EACH
@pytest.mark.parametrize("turned", TURNS)
def test_the_code_is_read_from_a_small_blurred_and_turned_photograph(kind, turned):
    assert photographed(page_of(kind), turned) == [sheet().url]


@EACH
def test_a_module_is_wide_even_at_the_longest_address(kind):
    ((left, _, right, _),) = quiet_zones(page_of(kind, url=WORST))

    width = (right - left + 2) / MM / (len(qr.matrix(WORST)) + 2 * qr.QUIET)
    assert width >= {"a4": 2, "a5": 1.3}[kind]


@EACH
@settings(max_examples=200 if LONG else 8, deadline=None)
@given(
    title=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=200),
    organiser=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200),
    count=st.integers(0, 14),
)
def test_whatever_is_printed_the_code_is_read_and_nothing_leaves_its_place(kind, title, organiser, count):
    page = page_of(kind, title=title, organiser=organiser, weeks=weeks(count))

    assert texts_on(page, 4) == [sheet().url]
    assert astray(page, kind) == []


def test_capitals_are_used_for_the_host_alone_and_only_where_the_code_gets_smaller():
    host = "danhgia.trungtamphucvuhanhchinhcong.tuyenquang.gov.vn"

    assert shorter(f"https://{host}/thi/cai-cach") == f"https://{host.upper()}/thi/cai-cach"
    assert shorter("https://a.vn/thi/cai-cach") == "https://a.vn/thi/cai-cach"


@pytest.fixture
def organiser(session):
    return make_account(session, unit=make_unit(session, name="xã Lâm Bình"))


@pytest.fixture
def contest(session, organiser):
    contest = make_contest(session, unit=organiser.grants[0].unit)
    contest.slug = "cai-cach"
    session.commit()
    return contest


@EACH
def test_staff_download_both_sheets_from_the_page_that_invites(client, organiser, contest, kind):
    staff = enter(client, organiser)
    address = f"/quan-tri/cuoc-thi/cai-cach/to-treo.pdf?kho={kind}"

    reply = staff.get(address)

    assert f'href="{address}"' in staff.get("/quan-tri/cuoc-thi/cai-cach/moi").text
    assert reply.mimetype == "application/pdf"
    (page,) = pages_of(reply.data)
    assert texts_on(page, 4) == [shorter("http://lang-nghe.example/thi/cai-cach")]
    assert contest.title in words_on(page)


def test_the_short_address_is_printed_and_leads_to_the_contest(client, organiser, session, contest):
    reply = enter(client, organiser).get("/quan-tri/cuoc-thi/cai-cach/to-treo.pdf")
    there = client.get(f"/t/{contest.id}?lang=en")

    assert f"lang-nghe.example/t/{contest.id}" in words_on(pages_of(reply.data)[0]).replace(" ", "")
    assert (there.status_code, there.location) == (302, "/thi/cai-cach?lang=en")
    contest.is_draft = True
    session.commit()
    assert (client.get(f"/t/{contest.id}").status_code, client.get("/t/32000").status_code) == (404, 404)


@pytest.fixture
def opened(session, contest, monkeypatch):
    """The contest in its first week."""
    monkeypatch.setattr(clock, "now", lambda: contest.rounds[0].opens_at + timedelta(days=1))
    return contest


@EACH
def test_anybody_prints_both_sheets_from_the_public_page(client, opened, kind):
    address = f"/thi/cai-cach/to-treo.pdf?kho={kind}"

    reply = client.get(address)

    assert address in Page(client.get("/thi/cai-cach").text).links
    assert (reply.mimetype, reply.headers["Cache-Control"]) == ("application/pdf", "public, max-age=600")
    (page,) = pages_of(reply.data)
    assert texts_on(page, 4) == photographed(page, 7) == [shorter("http://lang-nghe.example/thi/cai-cach")]
    assert opened.title in words_on(page)


def test_a_sheet_is_sent_once_to_each_browser_and_drawn_once(client, opened, monkeypatch):
    first = client.get("/thi/cai-cach/to-treo.pdf")
    monkeypatch.setitem(SHEETS, "a4", None)

    again = client.get("/thi/cai-cach/to-treo.pdf", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)


def test_the_public_sheet_of_an_english_page_is_vietnamese_beside_one_in_english(client, opened):
    links = Page(client.get("/thi/cai-cach?lang=en").text).links
    printed = [each for each in links if "to-treo.pdf" in each]

    assert [each.partition("?")[2] for each in printed] == ["kho=a4", "kho=a5", "kho=a4&ngon_ngu=en"]
    assert "Giấy mời dự thi" in words_on(pages_of(client.get(printed[1]).data)[0])
    assert "invited to take part" in words_on(pages_of(client.get(printed[2]).data)[0]).replace("\xa0", " ")


@pytest.mark.parametrize(
    "changes",
    [
        {"is_draft": True},
        {"called_off_at": datetime(2026, 6, 1, tzinfo=UTC), "called_off_why": "Bão số 5"},
    ],
    ids=["draft", "called off"],
)
def test_a_contest_that_cannot_be_entered_has_no_public_sheet(client, session, opened, changes):
    for name, value in changes.items():
        setattr(opened, name, value)
    session.commit()

    assert client.get("/thi/cai-cach/to-treo.pdf").status_code == 404
    assert "to-treo.pdf" not in client.get("/thi/cai-cach").text


def test_a_rehearsal_has_no_public_sheet(client, session):
    contest = make_contest(session, first_day=local_date(clock.now()) + timedelta(days=30))
    contest.slug = "cai-cach"
    open_rehearsal(session, contest, now=clock.now())
    session.commit()

    assert client.get("/thi/cai-cach/to-treo.pdf").status_code == 404
    assert "to-treo.pdf" not in client.get("/thi/cai-cach").text


def test_a_contest_that_is_over_has_no_public_sheet(client, contest, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: contest.rounds[-1].closes_at)

    assert client.get("/thi/cai-cach/to-treo.pdf").status_code == 404
    assert "to-treo.pdf" not in client.get("/thi/cai-cach").text


def test_a_prize_of_the_whole_contest_is_given_once(session, client, opened):
    opened.season_tiers = [
        PrizeTier(position=8, name="Giải Nhất chung cuộc", quantity=1, amount=3_000_000, is_season=True)
    ]
    session.commit()

    said = words_on(pages_of(client.get("/thi/cai-cach/to-treo.pdf").data)[0]).replace("\xa0", " ")

    assert "Giải Nhất chung cuộc" in said
    assert "1 giải cả cuộc thi" in said


def test_a_sheet_of_an_unknown_kind_is_not_found(client, opened):
    assert client.get("/thi/cai-cach/to-treo.pdf?kho=a0").status_code == 404


def test_a_draft_and_a_contest_called_off_have_no_poster(client, session, organiser, contest):
    staff = enter(client, organiser)
    contest.is_draft = True
    session.commit()

    assert staff.get("/quan-tri/cuoc-thi/cai-cach/to-treo.pdf").status_code == 404
    assert "to-treo.pdf" not in staff.get("/quan-tri/cuoc-thi/cai-cach").text


def test_an_unknown_kind_is_refused(client, organiser, contest):
    assert enter(client, organiser).get("/quan-tri/cuoc-thi/cai-cach/to-treo.pdf?kho=a0").status_code == 400


def test_another_unit_does_not_find_it(client, session, contest):
    stranger = make_account(session, unit=make_unit(session, name="xã Khác"))
    session.commit()

    assert enter(client, stranger).get("/quan-tri/cuoc-thi/cai-cach/to-treo.pdf").status_code == 404


@pytest.mark.parametrize(
    ("query", "words"),
    [("", "Mời bà con cùng dự thi"), ("?lang=en", "Mời bà con"), ("?ngon_ngu=en", "invited to take part")],
)
def test_a_poster_is_vietnamese_unless_english_is_asked_for(client, organiser, contest, query, words):
    reply = enter(client, organiser).get(f"/quan-tri/cuoc-thi/cai-cach/to-treo.pdf{query}")

    (page,) = pages_of(reply.data)
    assert words in words_on(page).replace("\xa0", " ")
    assert contest.title in words_on(page)
