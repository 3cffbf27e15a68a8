"""How things stand on the staff's home, and the search of everything: what is shown to whom, and at what cost."""

from datetime import timedelta

import pytest

from account.operations.audit import TERMINAL
from account.rules.permissions import Role
from core import clock
from core.crypto import new_code
from core.values.week import local_date, monday_of
from survey.counter.operations.counters import count_dead_scan, reissue_address
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import LEVEL
from survey.rating.models import OptionTally
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import RatingClass
from tests.factories import make_account, make_contest, make_counter, make_office, make_unit
from tests.support.pages import Page
from tests.support.staff import enter

WEEK = timedelta(weeks=1)
STATEMENTS = 27
"""Of the home of an administrator, whatever the number of offices."""


def this_week():
    return monday_of(local_date(clock.now()))


def tally(session, counter, *, weeks_ago, high=0, low=0):
    """Store the counts of a week of *counter*; every rating is of another device."""
    kinds = {"channel": Channel.OPEN.value, "rating_class": RatingClass.FIRST.value, "item": LEVEL}
    for option, count in (("5", high), ("1", low)):
        if count:
            week = this_week() - weeks_ago * WEEK
            session.add(OptionTally(counter_id=counter.id, week=week, option=option, count=count, **kinds))
    session.flush()


def make_rated(session, province, name, *, high, low=0, weeks=range(1, 13)):
    """Make an office in a commune of *province*, with one counter rated alike in each of these past weeks."""
    unit = make_unit(session, name=f"xã {name}", parent=province)
    counter = make_counter(session, office=make_office(session, unit=unit, name=f"Một cửa xã {name}"), number=1)
    for weeks_ago in weeks:
        tally(session, counter, weeks_ago=weeks_ago, high=high, low=low)
    return counter


@pytest.fixture
def province(session):
    return make_unit(session, name="tỉnh Tuyên Quang", kind="province", code="08")


def home_of(session, client, unit, role=Role.ADMINISTRATOR):
    account = make_account(session, role=role, unit=unit)
    session.commit()
    return Page(enter(client, account).get("/quan-tri/").text).text


def test_a_commune_reads_its_new_ratings_and_its_lowest_counter_first(session, client, province):
    counter = make_rated(session, province, "Lâm Bình", high=6, low=1)
    second = make_counter(session, office=counter.office, number=2)
    for weeks_ago in range(1, 13):
        tally(session, second, weeks_ago=weeks_ago, high=2, low=4)

    home = home_of(session, client, counter.office.unit, Role.MANAGER)

    assert "Tuần qua có 13 lượt mới." in home
    assert "61,5 % ▲ 0,0 điểm so với bốn tuần trước, chưa chắc đã đổi" in home
    assert home.index("Quầy 2 Đất đai") < home.index("Quầy 1 Đất đai")


def write(session, keyring, counter, words, *, weeks_ago):
    """Rate *counter* with each of *words* as the comment, in that past week."""
    for comment in words:
        now = clock.now() - weeks_ago * WEEK
        opinion = Opinion(Level.DISSATISFIED, ["wait"], comment)
        record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt=new_code(), now=now)
    session.flush()


def test_the_newest_comments_stand_without_level_or_day_and_only_once_they_are_released(
    session, keyring, client, province
):
    counter = make_rated(session, province, "Lâm Bình", high=6, weeks=range(7, 13))
    write(session, keyring, counter, ["Đã công bố", *[""] * 4], weeks_ago=6)
    write(session, keyring, counter, ["Còn chờ"], weeks_ago=1)
    month = this_week() - 6 * WEEK + timedelta(days=3)

    home = home_of(session, client, counter.office.unit, Role.MANAGER)

    assert f"“Đã công bố” Quầy 1, tháng {month.month}/{month.year}" in home
    assert "Còn chờ" not in home


def test_counters_of_a_few_offices_are_one_list_with_the_office_of_each(session, client, province):
    unit = make_unit(session, name="xã Lâm Bình", parent=province)
    for place, high in (("thôn A", 6), ("thôn B", 3)):
        counter = make_counter(session, office=make_office(session, unit=unit, name=f"Điểm {place}"), number=1)
        for weeks_ago in range(1, 13):
            tally(session, counter, weeks_ago=weeks_ago, high=high, low=3)

    home = home_of(session, client, unit, Role.MANAGER)

    counters = home[home.index("Quầy, thấp nhất trước") :]
    assert counters.index("Điểm thôn B") < counters.index("Điểm thôn A")
    assert "Cần để ý trước" not in home


def test_an_old_poster_that_is_still_scanned_is_a_task(session, client, province):
    counter = make_rated(session, province, "Lâm Bình", high=6)
    old = counter.addresses[-1].serial
    reissue_address(session, TERMINAL, counter, now=clock.now())
    for _ in range(3):
        count_dead_scan(session, old, this_week() - WEEK)
    count_dead_scan(session, old, this_week() - 2 * WEEK)

    home = home_of(session, client, counter.office.unit, Role.MANAGER)

    assert "Hôm nay có một việc" in home
    assert "Gỡ tờ cũ ở Quầy 1 xã Lâm Bình · từ đầu tuần trước còn 3 lần quét phải tờ cũ" in home


def test_ratings_that_wait_are_not_on_the_home(session, client, province):
    counter = make_rated(session, province, "Lâm Bình", high=5, weeks=range(8, 11))
    tally(session, counter, weeks_ago=1, high=4)

    home = home_of(session, client, counter.office.unit, Role.MANAGER)

    assert "Tuần qua chưa có thêm lượt nào đủ để công bố." in home
    assert "4 lượt" not in home


def test_before_the_first_figures_the_home_shows_the_steps_and_no_empty_numbers(session, client, province):
    counter = make_rated(session, province, "Lâm Bình", high=4, weeks=[1])

    home = home_of(session, client, counter.office.unit, Role.MANAGER)

    assert "Hôm nay, bắt đầu từ đây" in home
    assert "Lượt mới tuần qua" not in home and "4 lượt" not in home


def test_a_clear_change_is_called_one(session, client, province):
    counter = make_rated(session, province, "Lâm Bình", high=30, weeks=range(1, 5))
    for weeks_ago in range(5, 9):
        tally(session, counter, weeks_ago=weeks_ago, high=15, low=15)

    home = home_of(session, client, counter.office.unit, Role.MANAGER)

    assert "▲ 50,0 điểm so với bốn tuần trước, tăng rõ · 120 lượt" in home


def test_a_province_reads_who_is_clearly_lower_and_then_who_is_silent(session, client, province):
    for name in ("A", "B", "C", "D"):
        make_rated(session, province, name, high=9, low=1)
    make_rated(session, province, "Thấp", high=2, low=8)
    quiet = make_rated(session, province, "Im", high=9, low=1, weeks=range(4, 16))
    quiet.office.hotline = "0207 000 111"
    session.commit()

    home = home_of(session, client, province)

    assert "Tuần qua có 50 lượt mới ở 5 trong 6 nơi. 1 nơi thấp hơn rõ mức của tỉnh." in home
    assert "Còn lại: 1 nơi từ hai tuần nay không có lượt mới." in home
    assert "Hỏi 1 nơi từ hai tuần nay chưa có lượt mới" in home
    watched = home[home.index("Cần để ý trước") :]
    silent = client.get("/quan-tri/danh-gia/?loc=im").text
    assert "Chưa có lượt mới từ ngày" in silent and "Gọi hỏi: 0207 000 111" in silent
    assert watched.index("xã Thấp thấp hơn rõ") < watched.index("xã Im chưa có lượt mới từ ngày")


def test_the_groups_of_offices_add_up_to_all_of_them(session, client, province):
    for name in ("A", "B", "C", "D", "E"):
        make_rated(session, province, name, high=9, low=1)
    make_rated(session, province, "Im", high=9, low=1, weeks=range(4, 16))
    make_rated(session, province, "Ít", high=4, weeks=range(1, 2))
    make_rated(session, province, "Chậm", high=9, low=1, weeks=range(2, 3))

    home = home_of(session, client, province)

    assert "Tuần qua có 50 lượt mới ở 5 trong 8 nơi." in home
    assert "Còn lại: 2 nơi chưa gom đủ 5 lượt mới, 1 nơi từ hai tuần nay không có lượt mới." in home


def test_an_office_outside_my_units_is_neither_counted_nor_named(session, client, province):
    mine = make_rated(session, province, "Của Tôi", high=6)
    make_rated(session, province, "Nơi Khác", high=60)

    home = home_of(session, client, mine.office.unit, Role.MANAGER)

    assert "Tuần qua có 6 lượt mới." in home
    assert "Nơi Khác" not in home


@pytest.mark.both_databases
def test_the_home_asks_as_often_for_many_offices_as_for_few(session, client, province, count_queries):
    asked = []
    for names in ("ABC", "DEFGHI"):
        for name in names:
            make_rated(session, province, name, high=9, low=1)
        administrator = make_account(session, role=Role.ADMINISTRATOR, unit=province)
        session.commit()
        enter(client, administrator)
        client.get("/quan-tri/")
        count_queries.clear()
        client.get("/quan-tri/")
        asked.append(len(count_queries))

    assert asked == [STATEMENTS, STATEMENTS]


def test_silent_and_lower_offices_are_lists_with_an_address(session, client, province):
    for name in ("A", "B", "C", "D"):
        make_rated(session, province, name, high=9, low=1)
    make_rated(session, province, "Thấp", high=2, low=8)
    make_rated(session, province, "Im", high=9, low=1, weeks=range(4, 16))
    administrator = make_account(session, role=Role.ADMINISTRATOR, unit=province)
    session.commit()
    desk = enter(client, administrator)

    lower, silent = (desk.get(f"/quan-tri/danh-gia/?loc={kind}").text for kind in ("thap", "im"))

    assert ("xã Thấp" in lower, "xã Im" in lower) == (True, False)
    assert ("xã Thấp" in silent, "xã Im" in silent) == (False, True)


SEARCH = "/quan-tri/tim/?tim="


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("tờ treo", "Quầy và tờ treo"),
        ("góp ý", "Góp ý"),
        ("ý kiến", "Góp ý"),
        ("quay 2", "Quầy 2"),
        ("lam binh dat dai", "Quầy 2"),
    ],
)
def test_the_search_finds_pages_by_everyday_words(session, client, typed, said):
    office = make_office(session, unit=make_unit(session, name="xã Lâm Bình"), name="Một cửa xã Lâm Bình")
    make_counter(session, office=office)
    make_counter(session, number=2)  # of another unit
    account = make_account(session, role=Role.MANAGER, unit=office.unit)
    session.commit()

    page = enter(client, account).get(f"{SEARCH}{typed}").text.partition("<main")[2]

    assert page.count(f"<b>{said}</b>") == 1
    assert f'href="/quan-tri/danh-gia/{office.slug}/' in page


def test_an_office_that_is_found_is_named_once_with_its_pages_below(session, client):
    office = make_office(session, unit=make_unit(session, name="xã Lâm Bình"), name="Một cửa xã Lâm Bình")
    make_counter(session, office=office)
    account = make_account(session, role=Role.MANAGER, unit=office.unit)
    session.commit()

    page = enter(client, account).get(f"{SEARCH}lam+binh").text.partition("<main")[2]

    assert page.count("<b>Một cửa xã Lâm Bình</b>") == 1
    assert 'class="below"' in page and f'/quan-tri/danh-gia/{office.slug}/quay"' in page
    assert "Quầy, góp ý, tờ treo" not in page


def test_the_search_finds_offices_contests_accounts_and_pages_without_diacritics(session, client):
    unit = make_unit(session, name="xã Thượng Lâm")
    make_office(session, unit=unit, name="Một cửa xã Thượng Lâm")
    administrator = make_account(session, role=Role.ADMINISTRATOR, unit=unit)
    administrator.name = "Ma Thị Thượng Lâm"
    administrator.search_key = "ma thi thuong lam"
    session.commit()
    desk = enter(client, administrator)

    found, pages = desk.get(f"{SEARCH}thuong+lam").text, desk.get(f"{SEARCH}nhat+ky").text

    assert ("Một cửa xã Thượng Lâm" in found, "Ma Thị Thượng Lâm" in found) == (True, True)
    assert "Nhật ký" in pages


def test_the_search_finds_nothing_of_other_units_or_without_the_permission(session, client):
    here, there = make_unit(session), make_unit(session, name="xã Nơi Khác")
    make_office(session, unit=there, name="Một cửa xã Nơi Khác")
    contest = make_contest(session, unit=there)
    colleague = make_account(session, unit=there)
    manager = make_account(session, role=Role.MANAGER, unit=here)
    session.commit()
    desk = enter(client, manager)

    texts = [desk.get(SEARCH + words).text for words in ("noi+khac", contest.slug, colleague.email, "tai+khoan")]

    assert all("Không thấy gì" in text for text in texts[:3])
    assert "/quan-tri/tai-khoan/danh-sach/" not in texts[3]


@pytest.mark.parametrize(
    ("typed", "said", "path"),
    [
        ("tuan 2", "Tuần 2", "/tuan/2"),
        ("cai cach tuan 2", "Tuần 2", "/tuan/2"),
        ("thông báo", "Nhắn tin", "/nhan-tin"),
        ("bien ban", "Hồ sơ", "/ho-so"),
        ("danh sách đăng ký", "Người dự thi", "/danh-sach"),
    ],
)
def test_the_search_finds_the_parts_of_a_contest(session, client, typed, said, path):
    contest = make_contest(session, weeks=2)
    make_contest(session, unit=make_unit(session, name="xã Nơi Khác"))
    account = make_account(session, role=Role.ORGANISER, unit=contest.unit)
    session.commit()

    page = enter(client, account).get(f"{SEARCH}{typed}").text.partition("<main")[2]

    assert page.count(f"<b>{said}</b>") == 1
    assert f'/{contest.slug}{path}"' in page


def test_a_contest_that_is_found_is_named_once_with_its_parts_below(session, client):
    contest = make_contest(session, weeks=2)
    account = make_account(session, role=Role.ORGANISER, unit=contest.unit)
    session.commit()

    page = enter(client, account).get(f"{SEARCH}{contest.slug}").text.partition("<main")[2]

    assert page.replace("\xa0", " ").count(f"<b>{contest.title}</b>") == 1
    assert f'/{contest.slug}/tuan/2"' in page and f'/{contest.slug}/ho-so"' in page
    assert "Tuần thi, câu hỏi, hồ sơ" not in page


def test_an_empty_search_is_a_page_with_a_field(session, client):
    manager = make_account(session, role=Role.MANAGER)
    session.commit()

    page = enter(client, manager).get("/quan-tri/tim/")

    assert (page.status_code, "Không thấy gì" in page.text) == (200, False)


def test_a_real_office_is_not_compared_with_invented_ones(session, client, province):
    for name in ("A", "B", "C"):
        make_rated(session, province, name, high=9, low=1).office.is_illustrative = True
    mine = make_rated(session, province, "Của Tôi", high=6, low=4)
    session.commit()

    home = home_of(session, client, mine.office.unit, Role.MANAGER)
    figures = client.get(f"/quan-tri/danh-gia/{mine.office.slug}").text
    listed = client.get("/quan-tri/danh-gia/").text

    assert "Của Tôi" in figures
    assert "toàn tỉnh" not in figures
    assert ("Của Tôi" in listed, 'class="refl"' in listed) == (True, False)
    assert ">tỉnh<" not in home
