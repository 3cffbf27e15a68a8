"""The public list of all offices: what it says, in which order, and that its pictures say the same as its table."""

import csv
import gzip
import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from core import clock
from core.crypto import new_code
from survey.counter.models import Counter
from survey.figures.views import list_page
from survey.instrument.rules.levels import Level
from survey.rating.operations.many import Rated, rebuild_tallies, store_ratings
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_counter, make_office, make_unit
from tests.support.pages import Page

NAME = "Trung tâm Phục vụ hành chính công {}"
EARLIER = MONDAY - timedelta(weeks=30)
PLACES = {
    "xã Lũng Cú": ("commune", "00715", 40, 0),
    "xã Đồng Văn": ("commune", "00721", 15, 15),
    "xã Lâm Bình": ("commune", "02266", 10, 10),
    "phường Minh Xuân": ("ward", "02215", 0, 60),
    "xã Bình An": ("commune", "02296", 3, 1),
}
"""Name → kind, code, and satisfied and dissatisfied ratings of a finished week."""


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """Set the clock to the second Tuesday, so that the ratings of the first week are released."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=8))


@pytest.fixture
def province(session):
    return make_unit(session, name="tỉnh Tuyên Quang", kind="province", code="08")


@pytest.fixture
def counters(session, keyring, province):
    """Create the offices of PLACES with their ratings; return their counters by place."""
    made = {}
    for name, (kind, code, good, bad) in PLACES.items():
        unit = make_unit(session, name=name, kind=kind, code=code, parent=province)
        made[name] = make_counter(session, office=make_office(session, unit=unit, name=NAME.format(name)))
        rate(session, keyring, made[name], good, bad)
    session.commit()
    return made


def rate(session, keyring, counter, good, bad, now=MONDAY):
    for level in [Level.SATISFIED] * good + [Level.DISSATISFIED] * bad:
        record_rating(session, keyring, counter, Opinion(level), channel=Channel.OPEN, receipt=new_code(), now=now)


def names_in(html):
    """The names of the table in their order."""
    found = re.findall(r'<th scope="row"><a href="[^"]*">(.*?)</a>', html)
    return [re.sub(r"<[^>]+>", "", name).replace("\xa0", " ") for name in found]


def plain(html):
    return Page(html).text.replace("\xa0", " ")


def test_the_title_is_the_finding(client, counters):
    html = client.get("/ket-qua/").text

    assert Page(html).heading == "1 nơi cao hơn rõ mức của tỉnh, 1 nơi thấp hơn rõ"
    assert "Toàn tỉnh 43,3 % hài lòng, trong 150 lượt đánh giá." in plain(html)
    assert "Cao nhất là xã Lũng Cú (100 %), thấp nhất là p. Minh Xuân (0 %)." in plain(html)


def test_the_period_and_the_day_of_the_update_stand_beside_the_figure(client, counters):
    assert "Từ 01/06/2026 đến hết Chủ nhật, 07/06/2026. Cập nhật thứ Hai," in plain(client.get("/ket-qua/").text)


@pytest.mark.parametrize(("typed", "is_dated"), [("bình", True), ("lan bing", True), ("khong co", False)])
def test_the_figures_of_places_found_say_their_days(client, counters, typed, is_dated):
    found = plain(client.get("/ket-qua/", query_string={"tim": typed}).text)

    assert ("Từ 01/06/2026 đến hết Chủ nhật, 07/06/2026. Cập nhật thứ Hai, 08/06/2026." in found) == is_dated


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", "Lũng Cú, Đồng Văn, Lâm Bình, Minh Xuân"),
        ("?sap-xep=ty-le", "Lũng Cú, Đồng Văn, Lâm Bình, Minh Xuân"),
        ("?sap-xep=luot", "Minh Xuân, Lũng Cú, Đồng Văn, Lâm Bình"),
        ("?sap-xep=ten", "Đồng Văn, Lâm Bình, Lũng Cú, Minh Xuân"),
        ("?sap-xep=x", "Lũng Cú, Đồng Văn, Lâm Bình, Minh Xuân"),
    ],
)
def test_each_order_has_an_address_and_offices_without_figures_come_last(client, counters, sort, order):
    found = [name.split(" ", 1)[1] for name in names_in(client.get(f"/ket-qua/{sort}").text)]

    assert found == [*order.split(", "), "Bình An"]


def test_equal_shares_share_a_rank_and_the_next_one_skips(client, counters):
    html = client.get("/ket-qua/").text

    assert re.findall(r'<td class="ord">(\d*)</td>', html) == ["1", "2", "2", "4", ""]
    assert "Nơi không có số thứ tự" not in plain(html)


def test_an_office_without_rank_is_explained_in_the_foot(client, session, counters):
    for name, counter in counters.items():
        counter.office.is_illustrative = name != "xã Lâm Bình"
    session.commit()

    assert "Nơi không đánh số không so với tỉnh: mức của tỉnh tính từ 3 nơi khác" in plain(client.get("/ket-qua/").text)
    assert "Nơi không có số thứ tự" not in plain(client.get("/ket-qua/?sap-xep=ten").text)


def test_a_real_office_among_invented_ones_has_no_rank(client, session, counters):
    for name, counter in counters.items():
        counter.office.is_illustrative = name != "xã Lâm Bình"
    session.commit()

    ranks = re.findall(r'<td class="ord">(\d*)</td>', client.get("/ket-qua/").text)

    assert ranks == ["1", "2", "", "3", ""]


def test_the_order_by_change_names_rises_that_mean_something(client, session, keyring, counters):
    rate(session, keyring, counters["xã Lũng Cú"], 10, 40, EARLIER)
    rate(session, keyring, counters["xã Lâm Bình"], 10, 9, EARLIER)
    session.commit()

    html = client.get("/ket-qua/?sap-xep=thay-doi").text

    assert names_in(html)[:2] == ["xã Lũng Cú", "xã Lâm Bình"]
    assert re.search(r"<b>▲(&nbsp;|\xa0)\+80</b>", html)
    assert "6 tháng gần đây so với 6 tháng trước: 1 nơi tăng rõ, không nơi nào giảm rõ" in plain(html)
    assert "−3" in plain(html) and "chưa chắc đã đổi" in plain(html)
    assert "một trong hai kỳ chưa đủ 5 lượt" in plain(html)
    assert "Tăng rõ: xã Lũng Cú (+80)." in plain(html)


def test_the_map_of_changes_says_what_the_table_says(client, session, keyring, counters):
    rate(session, keyring, counters["xã Lũng Cú"], 10, 40, EARLIER)
    rate(session, keyring, counters["xã Lâm Bình"], 10, 9, EARLIER)
    session.commit()

    html = client.get("/ket-qua/?sap-xep=thay-doi").text
    tiles = re.findall(r'<title>([^<]*)</title><use href="#t-(hi|eq|lo)"', html)

    assert [(name.replace("\xa0", " "), mark) for name, mark in tiles] == [
        ("xã Lũng Cú: +80", "hi"),
        ("xã Lâm Bình: −3", "eq"),
    ]
    assert "1 nơi tăng rõ, 0 nơi giảm rõ, 1 nơi chưa chắc" in plain(html)


def test_the_view_by_change_draws_changes_and_no_shares(client, session, keyring, counters):
    rate(session, keyring, counters["xã Lũng Cú"], 10, 40, EARLIER)
    session.commit()

    html = client.get("/ket-qua/?sap-xep=thay-doi").text
    row = next(row for row in re.findall(r"<tr id=.*?</tr>", html, re.S) if "Lũng Cú" in row)

    assert '<use href="#hi"' in row and " %" not in plain(row)
    assert re.findall(r"<use href=\"#t-(hi|lo)\" x", html) == ["hi"]


def test_an_office_with_too_few_ratings_has_words_and_no_dot(client, counters):
    html = client.get("/ket-qua/").text
    row = next(row for row in re.findall(r"<tr id=.*?</tr>", html, re.S) if "Bình An" in row)

    assert "Chưa đủ 5 lượt để công bố" in row
    assert "<svg" not in row and "%" not in row


def test_the_map_says_what_the_table_says(client, counters):
    html = client.get("/ket-qua/").text
    tiles = re.findall(r'<a href="/ket-qua/([^"]+)" tabindex="-1"><title>([^<]*)</title><use href="#t-(\w+)"', html)
    marks = {slug: (name.replace("\xa0", " "), mark) for slug, name, mark in tiles}

    slug = {name: counter.office.slug for name, counter in counters.items()}
    assert marks[slug["xã Lũng Cú"]] == ("xã Lũng Cú: 100 %", "hi")
    assert marks[slug["phường Minh Xuân"]] == ("p. Minh Xuân: 0 %", "lo")
    assert marks[slug["xã Lâm Bình"]] == ("xã Lâm Bình: 50 %", "eq")
    assert marks[slug["xã Bình An"]] == ("xã Bình An", "few")
    rows = dict(re.findall(r'<tr id="o-([^"]+)">.*?<use href="#(\w+)"', html))
    assert rows == {each: mark for each, (_, mark) in marks.items() if mark != "few"}


def test_the_key_of_the_map_counts_its_tiles(client, counters):
    text = plain(client.get("/ket-qua/").text)

    assert "1 cao hơn rõ 1 thấp hơn rõ 2 chưa thể nói hơn hay kém 1 chưa đủ lượt 119 chưa mở đánh giá" in text


def test_the_map_is_hidden_from_screen_readers_and_the_tab_order(client, counters):
    html = client.get("/ket-qua/").text
    drawing = re.search(r'<svg class="tiles" .*?</svg>', html, re.S)[0]

    assert 'aria-hidden="true"' in drawing
    assert drawing.count("<a ") == drawing.count('tabindex="-1"') == 5


def test_a_province_without_a_map_has_no_place_for_one(client, session, keyring):
    province = make_unit(session, name="tỉnh Lạng Sơn", kind="province", code="20")
    for name in ("xã A", "xã B", "xã C"):
        unit = make_unit(session, name=name, parent=province)
        rate(session, keyring, make_counter(session, office=make_office(session, unit=unit, name=name)), 5, 0)
    session.commit()

    html = client.get("/ket-qua/").text
    body = html[html.index("<main") :]

    assert [part for part in ("wide-side", "<aside", "tiles") if part in body] == []
    assert Page(html).heading == "Chưa nơi nào khác rõ mức của tỉnh"


def test_without_offices_the_title_says_so(client):
    assert Page(client.get("/ket-qua/").text).heading == "Chưa có cơ quan nào mở đánh giá"


@pytest.mark.parametrize(("days", "title"), [(-1, "Chưa hết tuần đầu tiên"), (8, "Chưa nơi nào đủ 5 lượt để công bố")])
def test_without_figures_the_title_is_the_reason(monkeypatch, client, session, days, title):
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=days))
    make_counter(session)
    session.commit()

    assert Page(client.get("/ket-qua/").text).heading == title


def test_one_office_is_not_compared_with_itself(client, session, keyring):
    rate(session, keyring, make_counter(session), 9, 1)
    session.commit()

    html = client.get("/ket-qua/").text

    assert Page(html).heading == "Đã có số liệu của 1 nơi"
    assert "mức của tỉnh" not in plain(html)
    assert 'class="refl"' not in html


def test_a_search_that_means_one_office_leads_there(client, counters):
    reply = client.get("/ket-qua/", query_string={"tim": "lam binh"})

    assert reply.status_code == 302
    assert reply.location == f"/ket-qua/{counters['xã Lâm Bình'].office.slug}"


def test_a_search_for_several_lists_them_and_keeps_what_was_typed(client, counters):
    html = client.get("/ket-qua/", query_string={"tim": "bình"}).text

    assert Page(html).heading == "2 nơi có “bình” trong tên"
    assert 'value="bình"' in html


def test_a_search_with_a_slip_suggests_near_names(client, counters):
    text = plain(client.get("/ket-qua/", query_string={"tim": "lan bing"}).text)

    assert "Không thấy “lan bing”" in text
    assert "Có phải ông/bà tìm xã Lâm Bình ?" in text or "Có phải ông/bà tìm xã Lâm Bình?" in text


@pytest.mark.both_databases
@pytest.mark.parametrize("typed", ["%", "_", "' OR 1=1 --", "<script>", "a" * 5000, "%(find)s", "{0}"])
def test_strange_searches_are_answered(client, counters, typed):
    reply = client.get("/ket-qua/", query_string={"tim": typed})

    assert reply.status_code == 200
    assert "Không thấy" in reply.text
    assert "<script>" not in reply.text.replace("<script src", "")


def test_the_names_for_the_search_are_offered_without_a_script(client, counters):
    html = client.get("/ket-qua/").text

    assert re.findall(r'<option value="([^"]+)">', html)[:2] == ["Bình An", "Đồng Văn"]


@pytest.mark.both_databases
@pytest.mark.parametrize("asked", ["0", "-1", "x", "9" * 30, "99", "1e3", "", "１"])
def test_a_page_that_there_is_not_is_the_nearest(monkeypatch, client, counters, asked):
    monkeypatch.setattr("survey.figures.views.offices.MOST_LISTED", 2)

    reply = client.get("/ket-qua/", query_string={"trang": asked})

    assert reply.status_code == 200
    assert "Trang 3 trên 3" in reply.text if asked == "99" else "Trang 1 trên 3" in reply.text


def test_a_list_too_long_for_a_page_goes_on_in_its_order(monkeypatch, client, counters):
    monkeypatch.setattr("survey.figures.views.offices.MOST_LISTED", 2)

    pages = [client.get(f"/ket-qua/?sap-xep=luot&trang={number}").text for number in (1, 2, 3)]

    assert [len(names_in(html)) for html in pages] == [2, 2, 1]
    assert names_in(pages[2]) == ["xã Bình An"]
    assert 'href="/ket-qua/?sap-xep=luot&amp;trang=2"' in pages[0]


def test_the_list_is_read_in_eight_statements(client, counters, count_queries):
    client.get("/ket-qua/?sap-xep=ten")

    assert len(count_queries) <= 8


def test_the_download_has_a_line_for_each_office_and_withholds_what_the_page_withholds(client, counters):
    reply = client.get("/ket-qua/tat-ca.csv")
    lines = list(csv.DictReader(io.StringIO(reply.get_data().decode("utf-8-sig")), delimiter=";"))
    by_name = {line["Nơi"].replace("\xa0", " "): line for line in lines}

    assert reply.mimetype == "text/csv"
    assert by_name["xã Lũng Cú"]["Tỷ lệ hài lòng (phần trăm)"] == "100,0"
    assert (by_name["xã Lũng Cú"]["Mã"], by_name["xã Lũng Cú"]["Lượt"]) == ("00715", "40")
    assert by_name["p. Minh Xuân"]["So với mức chung"] == "thấp hơn rõ"
    few = {key: value for key, value in by_name["xã Bình An"].items() if key not in ("Mã", "Nơi", "Cơ quan")}
    assert [few[key] for key in list(few)[:6]] == ["dưới 5", "", "", "", "", ""]
    assert by_name["Tất cả các nơi"]["Lượt"] == "150"
    assert [by_name["xã Lũng Cú"][head] for head in ("Đến ngày", "Cập nhật ngày")] == ["2026-06-07", "2026-06-08"]
    assert by_name["xã Lũng Cú"]["Nguồn"].endswith("/ket-qua/")
    assert "ket-qua-cac-noi-2026-06-01-den-2026-06-07.csv" in reply.headers["Content-Disposition"]


def test_what_is_cited_is_the_address_of_the_list(client, counters, settings):
    cited = re.search(r'<p class="cite">(.*?)</p>', client.get("/ket-qua/").text)[1]

    assert re.sub(r"<[^>]+>", "", cited).endswith(f", {settings.public_url}/ket-qua/")


def test_every_order_has_a_rank_function_or_is_that_of_the_names():
    assert [name for name, rank in list_page.SORTS.items() if rank is None] == ["ten"]


def test_a_list_of_a_province_weighs_less_than_sixty_kilobytes(client, session, keyring, province):
    for number in range(124):
        unit = make_unit(session, name=f"xã Số {number}", parent=province)
        office = make_office(session, unit=unit, name=NAME.format(unit.name))
        make_counter(session, office=office)
    session.commit()
    counters = session.scalars(select(Counter)).all()
    day = MONDAY.date() + timedelta(days=1)
    rows = [
        Rated(each.id, Opinion(Level(1 + (at + each.id) % 5)), Channel.OPEN, day, new_code(), uuid4())
        for each in counters
        for at in range(5 + each.id % 7)
    ]
    store_ratings(session, keyring, rows)
    rebuild_tallies(session, *counters)
    session.commit()

    html = client.get("/ket-qua/").text

    assert len(re.findall(r'class="iv"', html.partition("<table")[2])) == 124
    assert len(gzip.compress(html.encode())) < 60_000


def test_an_office_leads_back_to_its_line_of_the_list(client, counters):
    slug = counters["xã Lâm Bình"].office.slug
    back = re.search(rf'href="/ket-qua/#(o-{slug})"', client.get(f"/ket-qua/{slug}").text)

    assert f'<tr id="{back[1]}">' in client.get("/ket-qua/").text


@pytest.mark.parametrize(
    "path", ["/ket-qua/", "/ket-qua/?tim=binh", "/ket-qua/?tim=lan+bing", "/ket-qua/{slug}/so-sanh"]
)
def test_lists_of_offices_use_short_names(client, counters, path):
    html = client.get(path.format(slug=counters["phường Minh Xuân"].office.slug)).text
    main = html[html.index("<h1") :]
    lists = [words for _, words in re.findall(r"<(table|ul|select|datalist)\b[^>]*>(.*?)</\1>", main, re.S)]

    assert [words for words in lists if NAME.format("") in words] == []
    assert "Lâm Bình" in main


def test_the_map_as_files_says_what_the_page_says_and_names_its_source(client, counters, settings):
    page, drawing = client.get("/ket-qua/").text, client.get("/ket-qua/so-do.svg")
    picture = client.get("/ket-qua/so-do.png")

    counts = re.findall(r"<span><b>(\d+)</b> ([^<]+)</span>", page)
    assert (drawing.mimetype, picture.mimetype) == ("image/svg+xml", "image/png")
    assert picture.data.startswith(b"\x89PNG")
    assert f"<!-- {settings.public_url}/ket-qua/ -->" in drawing.text
    assert len(counts) == 5
    for number, words in counts:
        assert f"<!-- {number} {words.strip()} -->" in drawing.text


def test_a_province_without_a_map_has_no_files_of_one(client, session, keyring):
    rate(session, keyring, make_counter(session), 5, 0)

    assert [client.get(f"/ket-qua/so-do.{kind}").status_code for kind in ("svg", "png")] == [404, 404]
