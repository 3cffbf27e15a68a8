"""Comparing two offices, or two periods of one."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from core import clock
from core.crypto import new_code
from core.gate import Gate
from core.values.dates import day as dated
from core.values.week import local_date, monday_of
from survey.figures.views import compare
from survey.figures.views import offices as list_views
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_counter, make_office, make_unit
from tests.support.pages import Page


def rate(session, keyring, counter, levels, weeks=0):
    for level in levels:
        record_rating(
            session,
            keyring,
            counter,
            Opinion(Level(int(level))),
            channel=Channel.OPEN,
            receipt=new_code(),
            now=MONDAY + timedelta(weeks=weeks),
        )


@pytest.fixture
def offices(session, keyring):
    """Two offices: the first rose from June to July, the second stayed low."""
    found = []
    for name, june, july in (("xã Lâm Bình", 20, 90), ("xã Bình An", 20, 20)):
        office = make_office(session, unit=make_unit(session, name=name), name=f"Trung tâm Phục vụ {name}")
        counter = make_counter(session, office=office)
        for weeks, satisfied in ((0, june), (5, july)):
            rate(session, keyring, counter, "5" * satisfied + "1" * (100 - satisfied), weeks)
        found.append(office)
    session.commit()
    return found


def read(client, office, query=""):
    return Page(client.get(f"/ket-qua/{office.slug}/so-sanh{query}").text)


def test_two_offices_are_called_different_where_they_are(client, offices):
    page = read(client, offices[0], f"?voi={offices[1].slug}")

    assert "Xã Lâm Bình cao hơn hẳn xã Bình An" in page.text
    assert re.search(r"55,0\s% từ 48 đến 62 48–62 200 lượt.*20,0\s% từ 15 đến 26 15–26 200 lượt", page.text)
    assert "Cách nhau 35,0 điểm phần trăm, khó là do may rủi" in page.text
    assert "cao hơn rõ bên kia" in page.text and "thấp hơn rõ bên kia" in page.text


def test_shares_of_the_dissatisfied_that_chance_may_explain_are_called_so(client, session, keyring, offices):
    rate(session, keyring, make_counter(session, office=offices[0], number=7), "5" * 18 + "1" * 2, weeks=10)
    rate(session, keyring, make_counter(session, office=offices[0], number=8), "5" * 17 + "1" * 3, weeks=14)
    session.commit()

    near = read(client, offices[0], "?ky=2026-08&ky-voi=2026-09")
    far = read(client, offices[0], "?ky=2026-07&ky-voi=2026-06")

    assert "tháng 8/2026 là 10, tháng 9/2026 là 15, có thể chỉ do may rủi" in near.text
    assert "tháng 7/2026 là 10, tháng 6/2026 là 80 " in far.text


def test_equal_shares_are_no_distance(client, offices):
    page = read(client, offices[0], f"?voi={offices[1].slug}&ky=2026-06&ky-voi=2026-06")

    assert "Tỷ lệ hài lòng hai bên bằng nhau" in page.text
    assert "Cách nhau" not in page.text


def test_an_office_is_not_offered_to_be_compared_with_itself(client, offices):
    page = read(client, offices[0])

    assert page.form().value("voi") == ""
    assert f'value="{offices[0].slug}"' not in client.get(f"/ket-qua/{offices[0].slug}/so-sanh").text


def test_two_periods_of_one_office_are_compared(client, offices):
    page = read(client, offices[0], "?ky=2026-07&ky-voi=2026-06")

    assert "Xã Lâm Bình: tháng 7/2026 cao hơn hẳn tháng 6/2026" in page.text


def test_a_year_with_ratings_of_one_month_is_called_that_month(client, session, keyring, offices):
    rate(session, keyring, make_counter(session, office=offices[0], number=7), "5" * 50, weeks=-27)
    session.commit()

    page = read(client, offices[0], "?ky=2026&ky-voi=2025")

    assert "năm 2026 thấp hơn hẳn tháng 11/2025" in page.text
    assert "năm 2026 (tháng 6–tháng 7)" in page.text
    assert "năm 2025 (chỉ có tháng 11)" in page.text


def test_months_are_named_in_english(client, session, keyring, offices):
    rate(session, keyring, make_counter(session, office=offices[0], number=7), "5" * 50, weeks=-27)
    session.commit()

    page = read(client, offices[0], "?ky=2026&ky-voi=2025&lang=en")

    assert "November 2025" in page.text
    assert "2026 (June to July)" in page.text
    assert "2025 (November only)" in page.text


def test_two_offices_that_are_alike_in_a_period_are_called_so(client, offices):
    page = read(client, offices[0], f"?voi={offices[1].slug}&ky=2026-06&ky-voi=2026-06")

    assert "Chưa thể nói xã Lâm Bình, tháng 6/2026 hơn hay kém xã Bình An, tháng 6/2026" in page.text


def test_the_form_keeps_what_was_chosen_and_offers_periods_with_ratings(client, offices):
    form = read(client, offices[0], f"?voi={offices[1].slug}&ky=2026-q3").form()

    assert (form.method, form.value("voi"), form.value("ky"), form.value("ky-voi")) == (
        "get",
        offices[1].slug,
        "2026-q3",
        "",
    )


@pytest.mark.parametrize("query", ["", "?voi=khong-co", "?ky=hom-qua", "?ky=2026-07&ky-voi=2026-07"])
def test_without_two_sides_the_page_asks_for_them(client, offices, query):
    page = read(client, offices[0], query)

    assert "So sánh với nơi khác, hoặc với kỳ khác" in page.text
    assert "lượt." not in page.text


def test_before_a_choice_the_office_stands_beside_its_province(client, session, keyring, offices):
    third = make_office(session, unit=make_unit(session, name="xã Phúc Yên"), name="Trung tâm xã Phúc Yên")
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    for office in (*offices, third):
        office.unit.parent = province
    rate(session, keyring, make_counter(session, office=third), "4" * 50 + "2" * 50)
    session.commit()

    page = read(client, offices[0])

    assert "Xã Lâm Bình cao hơn hẳn mức của tỉnh" in page.text
    assert "Cách nhau 15,0 điểm phần trăm" in page.text
    assert page.form().value("voi") == "toan-tinh"
    assert "Tháng 7/2026 và tháng 6/2026" in page.text


def test_an_office_is_compared_with_its_province_in_a_period(client, session, keyring, offices):
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    third = make_office(session, unit=make_unit(session, name="xã Phúc Yên"), name="Trung tâm xã Phúc Yên")
    for office in (*offices, third):
        office.unit.parent = province
    rate(session, keyring, make_counter(session, office=third), "4" * 50 + "2" * 50, weeks=5)
    session.commit()

    page = read(client, offices[0], "?voi=toan-tinh&ky=2026-07&ky-voi=2026-07")

    assert "Xã Lâm Bình, tháng 7/2026 cao hơn hẳn mức của tỉnh, tháng 7/2026" in page.text
    assert "90,0 % hài lòng trong 100 lượt; toàn tỉnh, tháng 7/2026: 53,3 % trong 300 lượt" in page.text


def test_a_place_found_by_its_name_comes_with_its_figures(client, session, offices):
    made = make_office(session, unit=make_unit(session, name="xã Bình Xa"), name="Trung tâm xã Bình Xa")
    session.commit()

    page = Page(client.get("/ket-qua/?tim=binh").text)

    assert re.search(r"xã Lâm Bình .*55,0\s% từ 48 đến 62 48–62 200 lượt.*xã Bình An .*20,0\s%", page.text)
    assert "xã Bình Xa Chưa đủ 5 lượt để công bố" in page.text
    assert made.slug in client.get("/ket-qua/?tim=binh").text


@pytest.mark.parametrize(
    ("query", "periods"),
    [
        ("?voi={other}", "Từ tháng 6/2026 đến tháng 7/2026"),
        ("?ky=2026-07&ky-voi=2026-06", "Tháng 7/2026; tháng 6/2026"),
        ("?voi={other}&ky=2026-07", "Xã Lâm Bình: tháng 7/2026; xã Bình An: từ tháng 6/2026 đến tháng 7/2026"),
    ],
)
def test_each_figure_says_its_periods_and_its_day_of_update(client, offices, query, periods):
    html = client.get(f"/ket-qua/{offices[0].slug}/so-sanh{query.format(other=offices[1].slug)}").text

    said = re.findall(r'<p class="src">(.*?)</p>\s*</figure>', html)

    updated = dated(monday_of(local_date(clock.now())))
    assert said == [f"{periods}. Cập nhật thứ Hai, {updated}. Tính các lượt quét mã QR tại quầy."] * 2


def test_a_comparison_says_how_it_is_cited(client, offices, settings):
    own, other = (office.slug for office in offices)

    pages = [client.get(f"/ket-qua/{own}/so-sanh?voi={other}&ky={more}").text for more in ("", "2026&lang=en")]
    cited, english = (unescape(re.sub("<.*?>", "", re.search(r'<p class="cite">(.*?)</p>', page)[1])) for page in pages)

    assert "“Xã Lâm Bình cao hơn hẳn xã Bình An”" in cited
    assert cited.endswith(f", {settings.public_url}/ket-qua/{own}/so-sanh?voi={other}")
    address = urlsplit(english.rpartition(" ")[2])
    assert parse_qs(address.query) == {"voi": [other], "ky": ["2026"], "lang": ["en"]}


def test_a_search_says_that_the_figures_found_are_invented(client, session, offices):
    said = "Số liệu minh họa"
    assert said not in Page(client.get("/ket-qua/?tim=binh").text).text
    made = make_office(session, unit=make_unit(session, name="xã Bình Xa"), name="Trung tâm xã Bình Xa")
    made.is_illustrative = True
    session.commit()

    assert said in Page(client.get("/ket-qua/?tim=binh").text).text


def test_too_few_ratings_are_not_compared(client, session, keyring, offices):
    few = make_office(session, unit=make_unit(session, name="xã Phúc Yên"), name="Trung tâm xã Phúc Yên")
    rate(session, keyring, make_counter(session, office=few), "1111")
    session.commit()

    page = read(client, offices[0], f"?voi={few.slug}")

    assert "Một bên chưa đủ 5 lượt để công bố nên chưa so được" in page.text
    assert "Chưa đủ 5 lượt để công bố" in page.text
    assert "0,0" not in page.text


def test_the_form_is_kept_but_no_comparison(client, offices, count_queries):
    path = f"/ket-qua/{offices[0].slug}/so-sanh"
    asked = []
    for address in (path, f"{path}?voi={offices[1].slug}"):
        client.get(address)
        count_queries.clear()
        client.get(address)
        asked.append(len(count_queries) > 1)

    assert asked == [False, True]


def test_few_searches_are_answered_at_once(client, offices, monkeypatch):
    monkeypatch.setattr(list_views, "_reading", full := Gate(at_once=1, waiting=0, patience=0))

    with full.passing():
        refused = client.get("/ket-qua/?tim=binh")

    assert (refused.status_code, "Retry-After" in refused.headers) == (503, True)
    assert client.get("/ket-qua/?tim=binh").status_code == 200


def test_few_comparisons_are_made_at_once(client, offices, monkeypatch):
    monkeypatch.setattr(compare, "_comparing", full := Gate(at_once=1, waiting=0, patience=0))
    path = f"/ket-qua/{offices[0].slug}/so-sanh?voi={offices[1].slug}"

    with full.passing():
        refused = client.get(path)

    assert (refused.status_code, "Retry-After" in refused.headers) == (503, True)
    assert client.get(path).status_code == 200
