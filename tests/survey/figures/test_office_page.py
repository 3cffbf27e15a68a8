"""The page of an office: every picture says what its table says, and nothing that is not released."""

import csv
import io
import re
from datetime import timedelta

import pytest

from core import clock
from core.charts.trend import NARROW, WIDE
from core.crypto import new_code
from core.values.week import local_date
from survey.counter.operations.counters import add_counter
from survey.figures.rules.contrast import Contrast
from survey.figures.rules.reasons import ReasonCount, Reasons
from survey.figures.views import words
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.operations.senders import Sender
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_counter, make_office, make_unit
from tests.support.pages import Page

WORDS = {"Rất hài lòng": 5, "Hài lòng": 4, "Bình thường": 3, "Không hài lòng": 2, "Rất không hài lòng": 1}


def rate(session, keyring, counter, levels, *, now=MONDAY, reasons=(), channel=Channel.OPEN, comment=""):
    """Rate *counter* once for each level in the text *levels*: "5542"."""
    for level in levels:
        opinion = Opinion(Level(int(level)), reasons, comment)
        record_rating(session, keyring, counter, opinion, channel=channel, receipt=new_code(), now=now)


@pytest.fixture
def province(session):
    return make_unit(session, name="tỉnh Tuyên Quang", kind="province")


@pytest.fixture
def office(session, keyring, province):
    """An office of three counters, one of them far below the others, in a province of three offices."""
    for name in ("xã Bình An", "xã Hồng Thái"):
        other = make_office(session, unit=make_unit(session, name=name, parent=province), name=f"Một cửa {name}")
        rate(session, keyring, make_counter(session, office=other), "5" * 30 + "4" * 40 + "3" * 20 + "1" * 10)
    office = make_office(session, unit=make_unit(session, parent=province))
    for number, levels in ((1, "5" * 50 + "4" * 40 + "2" * 5), (2, "5" * 20 + "3" * 20 + "1" * 40), (3, "5555")):
        counter = make_counter(session, office=office, number=number, name=f"Việc {number}")
        for week, part in enumerate((levels[::2], levels[1::2])):
            rate(session, keyring, counter, part, now=MONDAY + timedelta(weeks=5 * week))
    session.commit()
    return office


@pytest.fixture(name="shown")
def shown_page(client, office):
    return client.get(f"/ket-qua/{office.slug}").text.replace("\xa0", " ")


def figure(page, id):
    return re.search(rf'<figure class="fig" id="{id}">.*?</figure>', page, re.S)[0]


def number(text):
    return float(text.replace(".", "").replace(",", "."))


def test_the_bar_of_five_levels_is_as_long_as_its_table_says(shown):
    levels = figure(shown, "nam-muc")
    rows = re.findall(
        r'<th scope="row">([^<]+)</th><td class="number">(\d+)</td>((?:<td class="number">.*?</td>)+)', levels
    )
    shares = {WORDS[name]: [number(each) for each in re.findall(r">([\d,]+) %<", rest)] for name, _count, rest in rows}
    widths = re.findall(r'<rect class="k(\d)" x="[\d.]+%" y="([\d.]+)em" width="([\d.]+)%"', levels)
    tops = sorted({top for _level, top, _width in widths}, key=float)

    for place, top in enumerate(tops):
        drawn = {int(level): float(width) for level, at, width in widths if at == top}
        for level, width in drawn.items():
            assert 100 * width / sum(drawn.values()) == pytest.approx(shares[level][place], abs=0.1)
    assert len(tops) == 2
    assert [number(each) for each in re.findall(r"<b>([\d,]+)</b>", levels)] == [
        shares[level][0] for level in range(1, 6)
    ]


def test_the_dots_of_counters_lie_where_their_shares_say(shown):
    rows = re.findall(r"<tr><th.*?</tr>", figure(shown, "tung-quay"), re.S)[1:]
    foot = int(re.search(r'x="0%"[^>]*>(\d+)[ \xa0]%<', figure(shown, "tung-quay"))[1])

    found = [
        (float(re.search(r'<use href="#\w+" x="([\d.]+)%"', row)[1]), number(re.search(r"<b>([\d,]+) %</b>", row)[1]))
        for row in rows
        if "<use" in row
    ]

    assert len(found) == 2
    for at, share in found:
        assert foot + at * (100 - foot) / 100 == pytest.approx(share, abs=0.06)
    assert found == sorted(found, reverse=True)


def test_the_words_of_a_counter_are_those_of_its_shape(shown):
    rows = re.findall(r"<tr><th.*?</tr>", figure(shown, "tung-quay"), re.S)[1:]

    said = [re.search(r'<span class="visually-hidden">([^<]+)</span><svg class="(\w+)"', row) for row in rows]

    assert [each and each.groups() for each in said] == [
        ("cao hơn rõ mức của tỉnh", "hi"),
        ("thấp hơn rõ mức của tỉnh", "lo"),
        None,
    ]
    assert "Chưa đủ 5 lượt để công bố" in rows[2]


@pytest.mark.parametrize(("key", "size"), [("slim", NARROW), ("wide", WIDE)])
def test_the_line_of_the_months_runs_through_the_shares_of_its_table(shown, key, size):
    months = figure(shown, "theo-thang")
    drawing = re.search(rf'<svg [^>]*class="ch mpl mpl-{key}".*?</svg>', months, re.S)[0]
    shares = [
        number(each) / 100
        for each in re.findall(r'</td><td class="number">([\d,]+) %</td><td class="number">\d+–', months)
    ]
    grid = {
        number(text.split()[0]) / 100: float(y) + size.text / -3
        for y, text in re.findall(
            r'<text x="[\d.]+" y="([\d.]+)" [^>]*class="fill-soft"[^>]*>([\d]+(?: %)?)</text>', drawing
        )
        if not text.startswith("20") or text == "20"
    }
    (low, low_y), (high, high_y) = sorted(grid.items())[:: len(grid) - 1]
    line = re.search(r'<path d="M ([^"]+)" [^>]*stroke-width="3"[^>]*stroke-v5', drawing)[1]
    ys = [float(point.split()[1]) for point in line.split(" L ")]

    assert len(ys) == len(shares) == 2
    for y, share in zip(ys, reversed(shares), strict=True):
        assert low + (low_y - y) / (low_y - high_y) * (high - low) == pytest.approx(share, abs=0.005)


def test_the_headline_is_its_number_its_interval_and_the_province(shown):
    head = re.search(r'<section class="headline".*?</section>', shown, re.S)[0]

    assert "<title>Một cửa xã Lâm Bình: hơn 3 trong 5 lượt hài lòng</title>" in shown
    assert '<span class="h1-more">Quầy 2 thấp hơn rõ mức của tỉnh</span>' in shown
    assert "110 trong 175 lượt đánh giá" in head
    assert "Tỷ lệ này có thể xê dịch từ 55,5 đến 69,7 %" in head
    assert "mức của tỉnh (66,7 %)" in head


def test_two_offices_are_no_province_and_invented_ratings_are_not_compared(client, session, office):
    office.is_illustrative = True
    session.commit()

    page = client.get(f"/ket-qua/{office.slug}").text

    assert "110 trong 175" in page
    assert not re.search('oàn tỉnh|mức của tỉnh|refl"', page.partition("<main")[2].partition('id="cach-tinh"')[0])


def test_the_file_says_what_the_page_says(client, office):
    reply = client.get(f"/ket-qua/{office.slug}/so-lieu.csv")
    english = client.get(f"/ket-qua/{office.slug}/so-lieu.csv?lang=en").data.decode("utf-8-sig")

    rows = [row[:7] for row in csv.reader(io.StringIO(reply.data.decode("utf-8-sig")), delimiter=";")]
    assert rows[0][2:5] == ["Lượt", "Hài lòng", "Tỷ lệ hài lòng (phần trăm)"]
    assert rows[1] == ["Tổng", "Tất cả", "175", "110", "62,9", "55,5", "69,7"]
    assert ["Tổng", "Toàn tỉnh", "375", "250", "66,7", "61,7", "71,2"] in rows
    assert ["Quầy", "3 Việc 3", "dưới 5", "", "", "", ""] in rows
    assert ["Tháng", "2026-06", "88", "55", "62,5", "52,1", "71,9"] in rows
    assert list(csv.reader(io.StringIO(english)))[1][2:7] == ["175", "110", "62.9", "55.5", "69.7"]


def test_every_line_of_the_file_says_its_days_and_its_source(client, office, settings):
    reply = client.get(f"/ket-qua/{office.slug}/so-lieu.csv")
    lines = list(csv.DictReader(io.StringIO(reply.data.decode("utf-8-sig")), delimiter=";"))
    days = {(line["Từ ngày"], line["Đến ngày"]) for line in lines if line["Dòng"] != "Toàn tỉnh"}
    whole = next(line for line in lines if line["Dòng"] == "Toàn tỉnh")

    assert days == {("2026-06-01", "2026-07-12")}
    assert (lines[0]["Từ ngày"], whole["Từ ngày"]) == ("2026-06-01", "")
    assert {line["Nguồn"] for line in lines} == {f"{settings.brand}, {settings.public_url}/ket-qua/{office.slug}"}
    assert len({line["Cập nhật ngày"] for line in lines}) == 1 and lines[0]["Cập nhật ngày"]
    assert "2026-06-01-den-2026-07-12.csv" in reply.headers["Content-Disposition"]


def test_reasons_stand_on_the_page_of_the_office_alone_and_small_counts_are_withheld(client, session, keyring):
    counter = make_counter(session)
    rate(session, keyring, counter, "111111", reasons=("waiting", "trips"), comment="Chờ lâu")
    rate(session, keyring, counter, "22", reasons=("waiting", "cost"))
    rate(session, keyring, counter, "5" * 9, reasons=("attitude",))
    rate(session, keyring, counter, "1" * 20, reasons=("facilities",), now=clock.now())
    rate(session, keyring, counter, "1" * 20, reasons=("facilities",), channel=Channel.PAPER)
    session.commit()

    page = client.get(f"/ket-qua/{counter.office.slug}").text
    below = client.get(f"/ket-qua/{counter.office.slug}/quay/{counter.number}").text

    low, high = re.findall(r'<ol class="hbars">(.*?)</ol>', figure(page, "vi-sao"), re.S)
    bars = re.findall(
        r"<li><span>([^<]+)</span><b>(\d+)\xa0lượt</b><svg[^>]*>.*?class=\"bar[x5]\" width=\"([\d.]+)%\"", low
    )
    assert bars == [("Thời gian chờ ở quầy", "8", "100"), ("Số lần đi lại", "6", "75")]
    assert Page(low).text.count("dưới 5 lượt") == 5
    assert "Thái độ phục vụ" in Page(high).text.partition("dưới")[0]
    assert "Lượt không hài lòng nhắc nhiều nhất: thời gian chờ ở quầy, số lần đi lại" in page
    assert "Chờ lâu" not in page
    assert 'id="vi-sao"' not in below


def test_reasons_of_ratings_that_are_left_out_are_not_counted(client, session, keyring):
    counter = make_counter(session)
    rate(session, keyring, counter, "1" * 5, reasons=("waiting",))
    own = Sender(page="p", browser="b", device="d", network="n", is_own=True)
    for _ in range(6):
        opinion = Opinion(Level(1), ("cost",))
        record_rating(
            session, keyring, counter, opinion, channel=Channel.OPEN, receipt=new_code(), now=MONDAY, sender=own
        )
    session.commit()

    said = Page(figure(client.get(f"/ket-qua/{counter.office.slug}").text, "vi-sao")).text

    assert "5 lượt không hài lòng có nêu" in said
    assert re.search(r"Phí, lệ phí và biên lai dưới 5 lượt", said)


def test_a_page_asks_the_database_for_what_it_shows_once(client, session, office, count_queries):
    client.get(f"/ket-qua/{office.slug}")
    counts = []
    for path in (f"/ket-qua/{office.slug}?x=1", f"/ket-qua/{office.slug}/quay/1"):
        client.application.extensions.pop("replies", None)
        count_queries.clear()
        client.get(path)
        counts.append(len(count_queries))

    assert counts == [8, 7]


def test_an_office_without_figures_says_when_they_come(client, session):
    counter = add_counter(session, make_office(session), number=1, name="Đất đai", today=local_date(clock.now()))
    session.commit()

    page = client.get(f"/ket-qua/{counter.office.slug}").text

    assert "Chưa đến kỳ công bố số liệu" in page
    assert "<h1>Một cửa xã Lâm Bình</h1>" in page.replace("\u00a0", " ")
    assert not re.search(r"so-lieu\.csv|xu-huong|toc-box", page.partition("<main")[2])


def test_the_picture_that_is_passed_on_says_its_days(client, office, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(weeks=7))
    drawn = []
    monkeypatch.setattr("core.web.sharing.draw_card", lambda card: drawn.append(card) or b"PNG")

    client.get(f"/ket-qua/{office.slug}/anh.png")

    assert drawn[0].lines == (
        "62,9\xa0% hài lòng, trong 175 lượt đánh giá",
        "Từ 01/06/2026 đến hết 12/07/2026, cập nhật 13/07/2026",
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((8, 6, 5), "chuyện một, chuyện hai"),
        ((8, 5, 5), "chuyện một, chuyện hai, chuyện ba"),
        ((8, 5, 5, 5), "chuyện một"),
        ((8,), "chuyện một"),
        ((5, 5, 5, 5), None),
    ],
)
def test_a_title_names_all_reasons_of_the_largest_counts_or_none_of_a_tie(app, monkeypatch, counts, said):
    names = {"a": "Chuyện một", "b": "Chuyện hai", "c": "Chuyện ba", "d": "Chuyện bốn"}
    monkeypatch.setattr(words, "REASON_WORDS", names)
    found = Reasons(30, tuple(ReasonCount(name, count) for name, count in zip(names, counts, strict=False)))

    with app.test_request_context():
        title = words.reasons_finding(found, None)

    assert title == (f"Lượt không hài lòng nhắc nhiều nhất: {said}" if said else "Người đánh giá nhắc tới điều gì")


def test_other_channels_of_few_ratings_are_not_compared(app):
    higher = [("Phỏng vấn qua điện thoại", Contrast.HIGHER)]

    with app.test_request_context():
        assert words.channels_finding(higher, 29) == "Kênh khác mới có ít lượt, chưa đủ để so với mã QR tại quầy"
        assert words.channels_finding(higher, 30).startswith("Phỏng vấn qua điện thoại: tỷ lệ cao hơn rõ")
