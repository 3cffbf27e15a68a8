"""Lists of offices for staff, and the way to the public one."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from sqlalchemy import select

from account.rules.permissions import Role
from commune.models import Office
from core.values.week import monday_of
from survey.counter.queries.printed import address_of
from survey.counter.rules.address import typed
from survey.figures.manage.frame import today
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import MONDAY, make_account, make_counter, make_office, make_unit
from tests.support.pages import Page
from tests.support.staff import enter
from tests.survey.figures.test_recent import tally

WARD = "Trung tâm Phục vụ hành chính công phường Hoà Thuận"


@pytest.fixture
def sixty(session):
    """Create sixty offices of one province."""
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    for number in range(59):
        unit = make_unit(session, name=f"xã Số {number:02}", parent=province)
        make_office(session, unit=unit, name=f"Trung tâm xã Số {number:02}")
    make_office(session, unit=make_unit(session, name="phường Hòa Thuận", parent=province), name=WARD)
    session.commit()
    return province


@pytest.mark.both_databases
def test_the_front_page_offers_to_find_one_of_many(client, sixty):
    page = client.get("/").text

    assert "Xem cả 60 nơi" in page
    assert 'action="/ket-qua/"' in page
    assert page.count('<option value="') == 60


def test_staff_find_the_offices_of_their_units_alone(session, client, sixty):
    make_office(session, name="Trung tâm phường Hòa Thuận ở tỉnh khác")
    account = make_account(session, role=Role.MANAGER, unit=sixty)
    session.commit()

    page = enter(client, account).get("/quan-tri/danh-gia/?tim=hoa+thuan").text

    assert (WARD in page, "tỉnh khác" in page) == (True, False)
    assert "1 cơ quan" in page


class Deeds(HTMLParser):
    """Finds the words of the links and buttons in the cards of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.is_card, self.words, self.found = False, None, []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_card = self.is_card or (tag == "ul" and ("class", "quays") in attrs)
        if self.is_card and tag in ("a", "button", "summary"):
            self.words = ""

    def handle_data(self, data: str) -> None:
        if self.words is not None:
            self.words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "ul":
            self.is_card = False
        elif tag in ("a", "button", "summary") and self.words is not None:
            self.found.append(" ".join(self.words.split()))
            self.words = None


def test_every_action_on_the_card_of_a_counter_names_the_counter(client, session):
    counter = make_counter(session, number=4, name="Đất đai")
    account = make_account(session, role=Role.ADMINISTRATOR, unit=counter.office.unit)
    session.commit()
    enter(client, account)

    html = client.get(f"/quan-tri/danh-gia/{counter.office.slug}/quay").text

    found = Deeds(html).found
    assert len(found) > 5
    assert [words for words in found if "Quầy 4, Đất đai" not in words] == []
    text = Page(html).text
    assert "Mở trang đánh giá , Quầy 4, Đất đai" in text
    assert "Tờ treo A4 , Quầy 4, Đất đai" in text
    assert "Đóng quầy , Quầy 4, Đất đai" in text


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ORGANISER])
def test_each_tab_of_an_office_leads_to_the_others(client, session, role):
    counter = make_counter(session)
    account = make_account(session, role=role, unit=counter.office.unit)
    session.commit()
    enter(client, account)
    address = f"/quan-tri/danh-gia/{counter.office.slug}"
    settings = (f"{address}/sua",) if role is Role.MANAGER else ()

    tabs = [address, f"{address}/y-kien", f"{address}/ho-so", f"{address}/quay", *settings]
    for tab in tabs:
        page = client.get(tab).text
        nav = page[page.index('<ul class="tabs">') :].partition("</ul>")[0]
        links = re.findall(r'href="([^"]+)"', nav)
        assert links == tabs
        assert f'href="{tab}" aria-current="page"' in nav


def test_the_page_of_an_office_shows_the_full_address_to_type(client, session, settings, keyring):
    counter = make_counter(session, number=4)
    account = make_account(session, role=Role.MANAGER, unit=counter.office.unit)
    session.commit()
    enter(client, account)

    html = client.get(f"/quan-tri/danh-gia/{counter.office.slug}/quay").text

    address = f"/q/{typed(address_of(keyring, counter))}"
    host = settings.public_url.partition("://")[2]
    assert f'<span class="link">{host}<wbr>{address}</span>' in html
    assert client.get(address).status_code == 200


def test_comments_are_paged_and_each_is_on_one_page(client, session, keyring):
    counter = make_counter(session)
    for number in range(60):
        opinion = Opinion(Level(5), comment=f"Lời thứ {number:02}.")
        record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt=f"{number:016}", now=MONDAY)
    account = make_account(session, role=Role.MANAGER, unit=counter.office.unit)
    session.commit()
    enter(client, account)

    page = f"/quan-tri/danh-gia/{counter.office.slug}/y-kien"
    texts = [client.get(page, query_string={"trang": number}).text for number in (1, 2, 3)]

    found = [re.findall(r"Lời thứ \d\d", text) for text in texts]
    assert [len(each) for each in found] == [25, 25, 10]
    assert len(set(sum(found, []))) == 60
    assert "60 góp ý" in texts[0]
    assert f'href="{page}?trang=2"' in texts[0]


def test_offices_are_sorted_by_their_figures_and_those_without_are_last(monkeypatch, client, session, keyring):
    province = make_unit(session, name="tỉnh Tuyên Quang", kind="province")
    for name, levels in (("A", [5] * 5), ("B", [1] * 5), ("C", [5] * 4 + [1] * 3), ("D", [])):
        office = make_office(
            session, unit=make_unit(session, name=f"xã {name}", parent=province), name=f"Cơ quan {name}"
        )
        counter = make_counter(session, office=office)
        for at, level in enumerate(levels):
            receipt = f"{name}{at:015}"
            record_rating(
                session, keyring, counter, Opinion(Level(level)), channel=Channel.OPEN, receipt=receipt, now=MONDAY
            )
    enter_as = make_account(session, role=Role.MANAGER, unit=province)
    session.commit()
    enter(client, enter_as)

    pages = {key: client.get(f"/quan-tri/danh-gia/?sap-xep={key}").text for key in ("ten", "luot", "ty-le", "x")}

    found = {key: "".join(re.findall(r">xã (\w)</a>", page)) for key, page in pages.items()}
    assert found == {"ten": "ABCD", "luot": "CABD", "ty-le": "BCAD", "x": "ABCD"}
    assert 'aria-sort="ascending"' in pages["ty-le"]
    assert "Từ 01/06/2026 đến hết Chủ nhật, 07/06/2026. Cập nhật thứ Hai," in pages["luot"]
    monkeypatch.setattr("survey.figures.manage.offices.MOST_SORTED", 3)
    whole = client.get("/quan-tri/danh-gia/?sap-xep=ty-le").text
    found_of_many = "".join(re.findall(r">xã (\w)</a>", whole))
    assert (found_of_many, "sap-xep=luot" in whole) == ("ABCD", False)
    assert "xin tìm để danh sách còn không quá 3 cơ quan" in whole and "xin tìm" not in pages["ten"]


def test_the_list_draws_the_course_of_an_office_once_five_ratings_are_released(session, client, sixty):
    drawn, few = session.scalars(select(Office).order_by(Office.id).limit(2))
    for office, n in ((drawn, 6), (few, 4)):
        tally(session, make_counter(session, office=office), monday_of(today()) - timedelta(weeks=2), high=n)
    account = make_account(session, role=Role.MANAGER, unit=sixty)
    session.commit()

    page = enter(client, account).get("/quan-tri/danh-gia/?tim=so+0").text.replace("\xa0", " ")

    rows = {name: row for row in page.split("<tr>") for name in (drawn.name, few.name) if f'title="{name}"' in row}
    assert "Tám tuần: từ 100 % đến 100 %" in rows[drawn.name]
    assert "Tám tuần" not in rows[few.name]
