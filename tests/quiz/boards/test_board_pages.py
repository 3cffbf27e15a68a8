"""The pages of a board: weeks and orders as addresses, one's own unit, villages, movement, bands, the hall."""

import re
from datetime import date, timedelta

import pytest

from commune.models import Headcount
from commune.operations import create_unit
from core import clock
from core.values.dates import dated, moment
from quiz.contest.rules.presets import GuessTarget
from quiz.results.models import UnitPeople
from quiz.results.operations.closing import mark_published, rank_round
from tests.factories import make_attempt, make_contest, make_participant, make_unit

NAMES = ("xã Lâm Bình", "xã Thượng Lâm", "xã Bình An")


@pytest.fixture
def at(monkeypatch):
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def race(session, keyring):
    """Create three weeks of three communes with 14.300, 9.700 and 1.900 inhabitants."""
    units = [make_unit(session, name=name) for name in NAMES]
    for unit, people in zip(units, (14_300, 9_700, 1_900), strict=True):
        session.add(Headcount(unit_id=unit.id, people=people, as_of=date(2026, 1, 1), source="Thống kê tỉnh"))
    contest = make_contest(session, units=units, weeks=3)
    people = {unit: [make_participant(session, keyring, contest, unit=unit) for _ in range(4)] for unit in units}
    for round, counts in zip(contest.rounds, ((1, 3, 2), (4, 1, 2), (2, 0, 1)), strict=True):
        for unit, count in zip(units, counts, strict=True):
            for person in people[unit][:count]:
                make_attempt(session, keyring, round, participant=person)
    session.commit()
    return contest, units


def close(session, *rounds):
    for round in rounds:
        rank_round(session, round, now=round.results_at)
        mark_published(session, round, now=round.results_at)
    session.commit()


def page_of(client, contest, query=""):
    reply = client.get(f"/thi/{contest.slug}/bang{query}")
    assert reply.status_code == 200
    return reply.text


def title_of(page):
    return re.search("<h1>(.*?)</h1>", page)[1].replace("\xa0", " ")


def rows_of(page):
    return re.findall(
        r'<span class="rk">(\d+)</span>\s*<span class="mv.*?</span>\s*<b class="nm">(.*?)</b>.*?"val">(.*?)<', page
    )


def test_the_title_is_the_finding(session, client, race):
    contest, _units = race
    close(session, *contest.rounds[:2])

    assert title_of(page_of(client, contest, "?tuan=1&xep=nguoi")) == "Thượng Lâm dẫn đầu với 3 người thi"
    assert title_of(page_of(client, contest, "?tuan=2&xep=nguoi")) == "Lâm Bình vượt lên đầu với 4 người thi"


def test_people_per_inhabitants_are_the_usual_order_with_source_and_day(session, client, race):
    contest, _units = race
    close(session, *contest.rounds)

    page = page_of(client, contest, "?tuan=1")

    assert [row[1:] for row in rows_of(page)] == [("Thượng Lâm", "0,3"), ("Lâm Bình", "0,1")]
    assert "Số dân ngày 01/01/2026: Thống kê tỉnh." in page
    assert "1 nơi không tính trên 1.000 dân" in page, "1,900 inhabitants are too few"
    assert "14.300 dân" in page


def test_movement_since_the_week_before_has_arrows_and_words(session, client, race):
    contest, _units = race
    close(session, *contest.rounds[:2])

    first, second = (page_of(client, contest, f"?tuan={number}&xep=nguoi") for number in (1, 2))

    assert "lên, xuống mấy bậc" not in first
    assert '▲<span class="visually-hidden"> lên</span> 2' in second
    assert '▼<span class="visually-hidden"> xuống</span> 2' in second
    assert '<span aria-hidden="true">–</span><span class="visually-hidden">giữ hạng</span></span>' in second


def test_movement_of_all_closed_weeks_is_counted_without_the_last_one(session, client, race):
    contest, units = race
    close(session, *contest.rounds)

    before = {row.unit_id: (row.people, row.before) for row in session.query(UnitPeople)}

    assert [before[unit.id] for unit in units] == [(4, 4), (3, 3), (2, 2)]
    assert "Không nơi nào đổi bậc so với khi hết tuần 2" in page_of(client, contest, "?tuan=ca&xep=nguoi")


def test_one_week_that_is_closed_is_not_shown_twice(session, client, race):
    contest, _units = race
    close(session, contest.rounds[0])

    assert "tuan=ca" not in page_of(client, contest)


def test_ones_own_unit_is_framed_and_no_cookie_is_set(session, client, race):
    contest, units = race
    close(session, *contest.rounds)

    reply = client.get(f"/thi/{contest.slug}/bang?tuan=1&xa={units[0].id}")

    mine = reply.text.split('<li class="mine" id="xa-cua-ban">')[1]
    assert re.search(r'<b class="nm">(.*?)</b>', mine)[1] == "Lâm Bình"
    assert f'<option value="{units[0].id}" selected>' in reply.text
    assert "Set-Cookie" not in reply.headers


def test_ones_own_unit_leads_only_where_no_other_has_its_rank(session, keyring, client, race):
    contest, units = race
    make_attempt(
        session, keyring, contest.rounds[2], participant=make_participant(session, keyring, contest, unit=units[2])
    )
    close(session, *contest.rounds)

    pages = [page_of(client, contest, f"?tuan={week}&xep=nguoi&xa={units[0].id}") for week in (2, 3)]

    assert ["Lâm Bình đứng đầu trong" in page for page in pages] == [True, False]
    assert "Lâm Bình hạng 1 trong" in pages[1]


@pytest.mark.parametrize("query", ["?tuan=99", "?tuan=0", "?xep=x", "?xa=-1", "?xa=x", "?tuan=1&tuan=2", "?chieu=x"])
def test_an_unknown_value_shows_the_usual_board(session, client, race, query):
    contest, _units = race
    close(session, *contest.rounds)

    assert client.get(f"/thi/{contest.slug}/bang{query}").status_code == 200


@pytest.mark.parametrize(("query", "is_bare"), [("", False), ("&xep=nguoi", True)])
def test_rows_with_one_figure_take_the_whole_width(session, client, race, query, is_bare):
    contest, _ = race
    close(session, contest.rounds[0])

    page = page_of(client, contest, f"?tuan=1{query}")

    assert bool(re.search(r'<ol class="race[^"]* bare">', page)) is is_bare


def test_units_without_people_are_folded(session, client, race):
    contest, _units = race
    close(session, *contest.rounds)

    page = page_of(client, contest, "?tuan=3&xep=nguoi")

    assert "<summary>1 nơi chưa có người thi</summary><p>xã Thượng Lâm.</p>" in page
    assert "Thượng Lâm" not in [name for _rank, name, _value in rows_of(page)]


def test_an_open_week_is_shown_until_yesterday_and_frozen_on_its_last_day(session, client, race, at):
    contest, _units = race
    second = contest.rounds[1]
    at(second.opens_at + timedelta(days=2))
    early = page_of(client, contest)
    at(second.closes_at - timedelta(hours=3))

    late = page_of(client, contest)

    assert "Số liệu đến hết hôm qua, 09/06/2026." in early
    assert "Số liệu đến hết ngày 12/06/2026 và giữ nguyên đến khi hết tuần." in late
    assert "đúng hết" not in late.split("<h1>")[1].split("</main>")[0]


def test_an_open_week_shows_nothing_of_today(session, client, race, at):
    contest, _units = race
    at(contest.rounds[0].opens_at + timedelta(hours=12))

    page = page_of(client, contest)

    assert title_of(page).startswith("Bảng xếp hạng có số đầu tiên vào thứ Ba, ")
    assert rows_of(page) == []


def test_a_board_before_the_first_week_says_when_figures_come(client, race, at):
    contest, _units = race
    first = contest.rounds[0]
    at(first.opens_at - timedelta(days=3))

    page = page_of(client, contest)

    assert title_of(page) == f"Bảng xếp hạng có số đầu tiên vào {dated(first.opens_at + timedelta(days=1))}"
    assert moment(first.opens_at) in page
    assert moment(first.results_at) in page


def test_while_participants_are_guessed_only_bands_are_shown(session, client, race, at):
    contest, _units = race
    for round in contest.rounds:
        round.rules = round.rules | {"guess_target": GuessTarget.PEOPLE.value}
    session.commit()
    at(contest.rounds[0].closes_at - timedelta(hours=3))
    while_open = page_of(client, contest)
    at(contest.rounds[0].closes_at)

    after = page_of(client, contest)

    assert title_of(while_open) == "Tuần 1: dưới 10 người đã thi"
    assert "<b>Dưới 10 người</b> <span>Bình An, Lâm Bình, Thượng Lâm</span>" in while_open
    assert (rows_of(while_open), 'class="big"' in while_open) == ([], False)
    assert rows_of(after) != []


def test_villages_are_folded_under_their_commune_and_no_small_count_can_be_subtracted(session, keyring, client):
    commune, other = (make_unit(session, name=name) for name in NAMES[:2])
    villages = [
        create_unit(
            session,
            code=f"T{at}",
            kind="village",
            name=f"thôn {at}",
            parent=commune,
            valid_from=date(2025, 7, 1),
            valid_to=None,
        )
        for at in (1, 2, 3)
    ]
    contest = make_contest(session, units=[other, *villages], weeks=1)
    for unit, count in ((other, 1), (villages[0], 2), (villages[1], 6), (villages[2], 5)):
        for _ in range(count):
            person = make_participant(session, keyring, contest, unit=unit)
            make_attempt(session, keyring, contest.rounds[0], participant=person)
    close(session, *contest.rounds)

    page = page_of(client, contest)

    assert [row[1:] for row in rows_of(page)] == [("Lâm Bình", "13"), ("Thượng Lâm", "1")]
    assert "<summary>3 thôn, tổ dân phố</summary>" in page
    listed = re.findall(r"<li><span>(thôn \d)</span> <span class=\"unit\">([^<]*)", page)
    assert listed == [("thôn 2", "6 người"), ("thôn 1", "không nêu riêng"), ("thôn 3", "không nêu riêng")]
    assert "để không ai đoán được là ai" in page


def test_the_board_takes_few_statements_and_one_when_it_is_kept(session, client, race, at, count_queries):
    contest, _units = race
    close(session, *contest.rounds)
    at(contest.rounds[-1].results_at)
    counts = {}
    for query in ("", "?tuan=2&xep=nguoi", "?chieu=&tuan=2&xep=nguoi"):
        count_queries.clear()
        page_of(client, contest, query)
        first = len(count_queries)
        count_queries.clear()
        page_of(client, contest, query)
        counts[query] = (first, len(count_queries))

    assert counts == {"": (16, 1), "?tuan=2&xep=nguoi": (8, 1), "?chieu=&tuan=2&xep=nguoi": (7, 1)}


def test_values_that_the_board_does_not_know_share_its_kept_page(session, client, race, count_queries):
    contest, _units = race
    close(session, *contest.rounds)
    page = page_of(client, contest, "?tuan=2&xep=nguoi")

    other = page_of(client, contest, "?xep=nguoi&tuan=2&fbclid=x")

    assert other == page


def test_the_board_in_a_hall_asks_for_itself_again_until_it_is_stopped(session, client, race, at):
    contest, _units = race
    at(contest.rounds[1].opens_at + timedelta(days=3))
    address = f"/thi/{contest.slug}/bang"

    shown, kept, still, page = (client.get(address + more) for more in ("?chieu=", "?chieu=", "?chieu=dung", ""))

    assert [reply.headers.get("Refresh") for reply in (shown, kept, still, page)] == ["60", "60", None, None]
    assert "Thôi tự làm mới" in shown.text
    assert "Thi tuần 2" in shown.text
    assert f"/thi/{contest.slug}</title>" in shown.text, "the code to join by says its address"
    assert "<script" not in shown.text.replace("textsize", "").split("<main")[1].split("</main>")[0]
