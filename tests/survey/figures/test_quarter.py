"""The sheet of a quarter: released figures alone, whole names, a code that is read, drawn once for its figures."""

import os
import random
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import clock
from core.crypto import new_code
from core.values.week import local_date
from survey.figures.documents import CounterLine, NamedReason, QuarterSheet, ReasonGroup, quarter_pdf, quarter_sheet
from survey.figures.documents.charts import ReasonBar
from survey.figures.queries.quarter import quarter_from
from survey.figures.rules.contrast import Contrast
from survey.figures.rules.quarter import Quarter, newest_first, quarter_of
from survey.figures.rules.scorecard import scorecard
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.queries.tally import released_of
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_counter
from tests.support.sheets import (
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

LONG = bool(os.environ.get("LONG"))
TURNS = (0, 7, 33, 90, 180, 211) if LONG else (7, 180)
URL = "https://LANG-NGHE.EXAMPLE/ket-qua/xa-lam-binh"
WORST = "https://danhgia.trungtamphucvuhanhchinhcong.tuyenquang.gov.vn/ket-qua/" + "trung-tam-" * 8
LOW = ReasonGroup(False, 78, (NamedReason("Thời gian chờ ở quầy", 39),))
HIGH = ReasonGroup(True, 402, (NamedReason("Thái độ phục vụ", 231),))
IN_KEY = (Contrast.HIGHER, Contrast.UNCLEAR, Contrast.LOWER)
counts = st.fixed_dictionaries({level: st.integers(0, 2000) for level in Level}).filter(
    lambda found: sum(found.values()) >= 5
)


def card(*each):
    return scorecard(dict(zip(Level, each, strict=True)))


def sheet(**changes):
    valid = {
        "office": "Trung tâm Phục vụ hành chính công xã Lâm Bình",
        "host": "Ủy ban Mặt trận Tổ quốc Việt Nam xã Lâm Bình",
        "period": "Kết quả quý 3 năm 2026",
        "finding": "Cứ 100 lượt đánh giá thì 74 lượt hài lòng",
        "card": card(38, 59, 118, 305, 306),
        "since": date(2026, 6, 29),
        "until": date(2026, 9, 27),
        "updated_on": date(2026, 11, 23),
        "url": URL,
        "typed_address": "lang-nghe.example/ket-qua/xa-lam-binh",
        "reasons": (LOW, HIGH),
        "reference": 0.751,
        "level": "mức của tỉnh",
        "counters": tuple(CounterLine(f"Quầy {n}", card(4, 2, n, 9, 8)) for n in range(1, 6)),
        "hotline": "0207 000 0000",
    }
    return QuarterSheet(**{**valid, **changes})


UGLY = {
    "as in the demo": {},
    "no reasons, few ratings": {
        "reasons": (),
        "counters": (),
        "card": card(1, 0, 0, 0, 4),
        "remark": "Mới có 5 lượt",
        "hotline": "",
    },
    "one group of reasons": {"reasons": (ReasonGroup(False, 0, ()), HIGH), "counters": ()},
    "all dissatisfied": {"card": card(9000, 0, 0, 0, 0)},
    "the longest of everything": {
        "office": "Trung tâm Phục vụ hành chính công phường Nguyễn Thị Minh Khai Đông, cơ sở hai tại Ako Dhông " * 2,
        "host": "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam phường phối hợp với Hội đồng nhân dân phường " * 2,
        "remark": "Quầy 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 thấp hơn rõ mức của tỉnh " * 2,
        "card": card(99_999, 99_999, 99_999, 99_999, 99_999),
        "url": WORST,
        "typed_address": WORST.removeprefix("https://"),
        "reasons": (LOW, replace(HIGH, reasons=tuple(NamedReason("Ậ" * 60, 99_999) for _ in range(3)))),
        "hotline": "0207 3 812 345 0207 3 812 345 0207 3 812",
        "counters": tuple(CounterLine(f"Quầy {n}", card(9, 9, 9, 9, 9)) for n in range(101, 115)),
        "is_illustrative": True,
    },
}


def page_of(**changes):
    return pages_of(quarter_pdf(sheet(**changes)))[0]


def test_a_sheet_says_the_share_its_counts_and_its_interval_before_anything_else():
    text = words_on(page_of()).replace("\xa0", " ")

    for said in (
        "Kết quả quý 3 năm 2026",
        "74,0 %",
        "611 trong 826 lượt đánh giá",
        "Tỷ lệ này có thể xê dịch từ 70,9 đến 76,8 %.",
        "Cứ 100 lượt thì 12 lượt không hài lòng",
        "4,6 % Rất không hài lòng 38 lượt",
        "Thời gian chờ ở quầy 39",
        "Mỗi lý do khác: dưới 5 lượt",
        "Gồm các lượt từ 29/06/2026 đến hết 27/09/2026, tính theo tuần trọn.",
        "Số liệu cập nhật ngày 23/11/2026.",
        "Chủ trì khảo sát: Ủy ban Mặt trận Tổ quốc Việt Nam xã Lâm Bình",
    ):
        assert said in text
    assert text.index("74,0 %") < text.index("Cứ 100 lượt thì")


def test_invented_figures_are_called_so():
    assert "Số liệu minh họa" in words_on(page_of(is_illustrative=True))
    assert "Số liệu minh họa" not in words_on(page_of())


@pytest.mark.parametrize("changes", UGLY.values(), ids=UGLY)
def test_the_code_is_read_its_quiet_is_kept_and_nothing_is_astray(changes):
    page = page_of(**changes)

    zones = quiet_zones(page)

    assert texts_on(page, 4) == [sheet(**changes).url]
    assert astray(page, "a4") == []
    assert overlapping(page) == []
    assert [(box, zone) for box in boxes_on(page) for zone in zones if overlap(box, zone)] == []


@pytest.mark.parametrize("turned", TURNS)
def test_the_code_is_read_from_a_small_blurred_and_turned_photograph(turned):
    assert photographed(page_of(), turned) == [URL]


@settings(max_examples=200 if LONG else 15, deadline=None)
@given(counts=counts)
def test_whatever_the_figures_are_all_of_them_are_printed(counts):
    found = scorecard(counts)

    text = words_on(page_of(card=found)).replace("\xa0", " ")

    printed = [int(each.replace(".", "")) for each in re.findall(r"([\d.]+) lượt(?: |$)", text)]
    assert all(each.count in printed for each in found.levels)


def test_quarters_follow_the_months():
    assert [quarter_of(date(2026, month, 1)).number for month in range(1, 13)] == [1] * 3 + [2] * 3 + [3] * 3 + [4] * 3
    assert newest_first([date(2025, 12, 1), date(2026, 1, 1), date(2025, 10, 1)]) == [
        Quarter(2026, 1),
        Quarter(2025, 4),
    ]


@pytest.fixture
def counter(session):
    counter = make_counter(session)
    session.commit()
    return counter


@pytest.fixture
def autumn(monkeypatch):
    """Set the present to a Wednesday of October."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(weeks=18, days=2, hours=9))


def rate(session, keyring, counter, level, count, now=MONDAY, reasons=()):
    for _ in range(count):
        record_rating(
            session, keyring, counter, Opinion(Level(level), reasons), channel=Channel.OPEN, receipt=new_code(), now=now
        )
    session.commit()


def quarter_of_counter(session, counter, number, today):
    released = released_of(session, [counter.id], today, Channel.OPEN)[counter.id]
    return quarter_from(released, Quarter(2026, number), today)


@pytest.mark.usefixtures("autumn")
def test_a_quarter_holds_the_released_ratings_of_its_own_months(session, keyring, counter):
    rate(session, keyring, counter, 5, 6)  # June
    rate(session, keyring, counter, 1, 7, MONDAY + timedelta(weeks=5))  # July
    rate(session, keyring, counter, 2, 4, MONDAY + timedelta(weeks=9))  # August, too few

    second, third, fourth = (
        quarter_of_counter(session, counter, number, local_date(clock.now())) for number in (2, 3, 4)
    )

    assert (second.card.n, second.card.satisfied) == (6, 6)
    assert (third.card.n, third.card.satisfied) == (7, 0)
    assert third.coverage.since == date(2026, 7, 6)
    assert fourth is None


@pytest.mark.usefixtures("autumn")
def test_anybody_downloads_the_sheet_and_its_code_leads_to_the_public_page(session, keyring, client, counter):
    rate(session, keyring, counter, 5, 6)

    reply = client.get(f"/ket-qua/{counter.office.slug}/quy/2026-2.pdf")

    (page,) = pages_of(reply.data)
    assert reply.mimetype == "application/pdf"
    assert [each.lower() for each in texts_on(page, 4)] == [f"http://lang-nghe.example/ket-qua/{counter.office.slug}"]
    assert f'href="{reply.request.path}"' in client.get(f"/ket-qua/{counter.office.slug}").text
    text = words_on(page).replace("\xa0", " ")
    assert "Kết quả quý 2 năm 2026" in text
    assert "Cứ 100 lượt đánh giá thì 100 lượt hài lòng" in text
    assert "Mới có 6 lượt nên chưa nói chắc được" in text


@pytest.mark.usefixtures("autumn")
def test_a_browser_that_has_the_sheet_is_sent_no_other(session, keyring, client, counter):
    rate(session, keyring, counter, 5, 6)
    address = f"/ket-qua/{counter.office.slug}/quy/2026-2.pdf"

    again = client.get(address, headers={"If-None-Match": client.get(address).headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.usefixtures("autumn")
def test_a_sheet_speaks_the_language_of_its_address(session, keyring, client, counter):
    rate(session, keyring, counter, 5, 6)
    address = f"/ket-qua/{counter.office.slug}/quy/2026-2.pdf"

    (vietnamese,), (english,) = pages_of(client.get(address).data), pages_of(client.get(f"{address}?lang=en").data)

    assert "Kết quả quý 2 năm 2026" in words_on(vietnamese).replace("\xa0", " ")
    assert "Results of quarter 2 of 2026" in words_on(english).replace("\xa0", " ")


@pytest.mark.usefixtures("autumn")
def test_reasons_of_fewer_than_five_have_no_count(session, keyring, client, counter):
    rate(session, keyring, counter, 1, 5, reasons=("waiting",))
    rate(session, keyring, counter, 1, 4, reasons=("trips",))

    (page,) = pages_of(client.get(f"/ket-qua/{counter.office.slug}/quy/2026-2.pdf").data)

    text = words_on(page)
    assert "9 lượt không hài lòng nêu lý do Thời gian chờ ở quầy 5" in text
    assert "Mỗi lý do khác: dưới 5 lượt" in text
    assert "Số lần đi lại" not in text
    assert "Lượt hài lòng: trong quý chưa có lý do nào đủ 5 lượt để công bố." in text


@pytest.mark.usefixtures("autumn")
def test_a_sheet_shows_the_reasons_of_its_own_quarter(session, keyring, client, counter):
    rate(session, keyring, counter, 1, 9, reasons=("trips",))  # June
    rate(session, keyring, counter, 1, 6, MONDAY + timedelta(weeks=5), reasons=("waiting",))  # July

    (page,) = pages_of(client.get(f"/ket-qua/{counter.office.slug}/quy/2026-3.pdf").data)

    text = words_on(page)
    assert "6 lượt không hài lòng nêu lý do Thời gian chờ ở quầy 6" in text
    assert "Số lần đi lại" not in text


@pytest.mark.usefixtures("autumn")
def test_a_sheet_compares_the_counters_of_its_quarter(session, keyring, client, counter):
    other = make_counter(session, office=counter.office, number=3)
    session.commit()
    rate(session, keyring, counter, 5, 6)
    rate(session, keyring, other, 1, 6)
    rate(session, keyring, other, 5, 60, MONDAY + timedelta(weeks=5))  # the next quarter

    (page,) = pages_of(client.get(f"/ket-qua/{counter.office.slug}/quy/2026-2.pdf").data)

    text = words_on(page).replace("\xa0", " ")
    assert "Tỷ lệ hài lòng ở từng quầy Quầy 3: Đất đai 0,0 % 6 lượt Quầy 2: Đất đai 100,0 % 6 lượt 0 % 20 %" in text


@pytest.mark.usefixtures("app")
def test_reasons_are_drawn_as_parts_of_their_own_group(monkeypatch):
    drawn = {}
    monkeypatch.setattr(ReasonBar, "draw", lambda bar, *_: drawn.update({bar.reason.name: bar.most}))

    quarter_pdf(sheet(reasons=(LOW, HIGH)))

    assert drawn == {"Thời gian chờ ở quầy": 78, "Thái độ phục vụ": 402}


@pytest.mark.usefixtures("app")
def test_counters_are_marked_by_how_they_stand_beside_the_province(monkeypatch):
    drawn = []
    monkeypatch.setattr("survey.figures.documents.marks.draw_mark", lambda _canvas, found, *_: drawn.append(found))
    cards = (card(30, 40, 60, 60, 50), card(3, 5, 18, 70, 40), card(0, 1, 8, 120, 150))

    text = words_on(page_of(counters=tuple(CounterLine(f"Quầy {n}", each) for n, each in enumerate(cards))))

    assert drawn[1:] == [*IN_KEY, Contrast.LOWER, Contrast.UNCLEAR, Contrast.HIGHER]
    assert "cao hơn rõ chưa thể nói hơn hay kém thấp hơn rõ mức của tỉnh, 75,1 %" in text.replace("\xa0", " ")


@pytest.mark.usefixtures("app")
def test_counters_that_stand_beside_nothing_are_not_marked(monkeypatch):
    drawn = []
    monkeypatch.setattr("survey.figures.documents.marks.draw_mark", lambda _canvas, found, *_: drawn.append(found))

    text = words_on(page_of(reference=None, counters=(CounterLine("Quầy 1", card(90, 0, 0, 0, 1)),)))

    assert set(drawn) == {Contrast.UNCLEAR}
    assert "thấp hơn rõ" not in text


@pytest.mark.parametrize(
    ("on", "said"),
    [(date(2026, 6, 20), "Kết quả quý 2 năm 2026, tính đến 7/6"), (date(2026, 8, 1), "Kết quả quý 2 năm 2026")],
)
@pytest.mark.usefixtures("app")
def test_a_quarter_that_goes_on_says_how_far_it_is_counted(session, keyring, counter, on, said):
    rate(session, keyring, counter, 5, 6)

    found = quarter_sheet(session, counter.office, [counter], None, Quarter(2026, 2), on, URL)

    assert found.period == said


@pytest.mark.usefixtures("autumn")
def test_a_sheet_is_drawn_once_for_its_figures(session, keyring, client, counter, monkeypatch):
    rate(session, keyring, counter, 5, 6)
    drawn = []
    monkeypatch.setattr(
        "survey.figures.views.quarter.quarter_pdf", lambda sheet: drawn.append(sheet) or quarter_pdf(sheet)
    )
    address = f"/ket-qua/{counter.office.slug}/quy/2026-2.pdf"

    first, second = client.get(address), client.get(address)

    assert first.data == second.data
    assert len(drawn) == 1


@pytest.mark.usefixtures("autumn")
@pytest.mark.parametrize("asked", ["2026-1", "2026-3", "2026-0", "2026-9", "1-2", "99999-2"])
def test_a_quarter_without_released_figures_has_no_sheet(session, keyring, client, counter, asked):
    rate(session, keyring, counter, 5, 6)

    assert client.get(f"/ket-qua/{counter.office.slug}/quy/{asked}.pdf").status_code == 404


@pytest.mark.parametrize("seed", range(20 if LONG else 3))
def test_two_days_of_a_sheet_differ_by_none_or_by_five(session, keyring, counter, seed):
    hazard, before = random.Random(seed), {}
    for week in range(16):
        monday = MONDAY + timedelta(weeks=week)
        for quarter in (2, 3):
            found = quarter_of_counter(session, counter, quarter, local_date(monday))
            n = found.card.n if found else 0
            assert n - before.get(quarter, 0) not in range(1, 5)
            before[quarter] = n
        for _ in range(hazard.choice((0, 1, 2, 3, 5, 8))):
            rate(session, keyring, counter, hazard.randint(1, 5), 1, monday + timedelta(days=hazard.randint(0, 6)))
    assert sum(before.values()) > 0
