"""The board by turns up to a declared cap, and its provinces above the communes."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete

from commune.models import Headcount
from core import clock
from quiz.attempt.models import Entry
from quiz.awards.queries.collective import draft_collective
from quiz.contest.models import PrizeTier
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms
from quiz.results.models import UnitPeople
from quiz.results.operations.closing import mark_published, rank_round
from quiz.results.operations.people import keep_people
from tests.factories import make_attempt, make_contest, make_participant, make_unit
from tests.quiz.boards.test_board_pages import page_of, rows_of
from tests.support.pages import Page

CAP = 2


@pytest.fixture
def contest(session, keyring):
    """Create two weeks of two communes of two provinces, capped at two turns: one person of xã Lâm Bình with five
    papers in the first week and one in the second, two people of xã Nghinh Tường with three and two in the first.
    """
    provinces = [make_unit(session, name=name, kind="province") for name in ("tỉnh Tuyên Quang", "tỉnh Thái Nguyên")]
    units = [
        make_unit(session, name=name, parent=parent)
        for name, parent in zip(("xã Lâm Bình", "xã Nghinh Tường"), provinces, strict=True)
    ]
    contest = make_contest(session, unit=units[0], units=units, preset="vcnet", tries=None)
    contest.terms = PrizeTerms(measure=CollectiveMeasure.CAPPED, cap=CAP).to_dict()
    prize = PrizeTier(position=9, name="Giải Nhất tập thể", quantity=1, amount=5_000_000, is_collective=True)
    contest.collective_tiers = [prize]
    people = [make_participant(session, keyring, contest, unit=units[at]) for at in (0, 1, 1)]
    for round, papers in zip(contest.rounds, ((5, 3, 2), (1, 0, 0)), strict=True):
        for person, count in zip(people, papers, strict=True):
            for hour in range(count):
                at = round.opens_at + timedelta(hours=9 + hour)
                make_attempt(session, keyring, round, participant=person, started_at=at)
    session.commit()
    return contest


def close(session, *rounds):
    for round in rounds:
        rank_round(session, round, now=round.results_at)
        mark_published(session, round, now=round.results_at)
    session.commit()


def kept(session):
    return {row.unit_id: (row.capped, row.capped_before) for row in session.query(UnitPeople)}


@pytest.mark.both_databases
def test_each_close_keeps_the_turns_up_to_the_cap_as_the_prizes_count_them(session, contest):
    home, other = (each.unit_id for each in contest.units)
    first, second = contest.rounds

    close(session, first)
    assert kept(session) == {home: (2, 0), other: (4, 0)}
    close(session, second)

    figures = draft_collective(session, contest, second.results_at).figures
    assert kept(session) == {home: (3, 2), other: (4, 4)}
    assert {each.ref: each.capped for each in figures} == {home: 3, other: 4}


def test_counting_again_gives_the_same(session, contest):
    close(session, *contest.rounds)
    before = kept(session)

    keep_people(session, contest.id)

    assert kept(session) == before


def test_the_board_of_the_closed_weeks_is_ordered_by_them_and_says_the_cap(session, client, contest):
    close(session, *contest.rounds)

    turns, capped = (page_of(client, contest, f"?tuan=ca&xep={order}") for order in ("luot", "luot-duoc-tinh"))

    assert [row[1:] for row in rows_of(turns)] == [("Lâm Bình", "6"), ("Nghinh Tường", "5")]
    assert [row[1:] for row in rows_of(capped)] == [("Nghinh Tường", "4"), ("Lâm Bình", "3")]
    text = Page(capped).text
    assert "mỗi người nhiều nhất 2 lượt một tuần, như thể lệ" in text
    assert "Giải tập thể cũng xếp theo số lượt dự thi, mỗi người tính đến một mức" in text


def test_the_only_closed_week_has_the_order_and_an_open_one_has_not(session, client, contest, monkeypatch):
    first, second = contest.rounds
    close(session, first)
    monkeypatch.setattr(clock, "now", lambda: second.opens_at + timedelta(days=2))

    closed, running = (page_of(client, contest, f"?tuan={week}&xep=luot-duoc-tinh") for week in (1, 2))

    assert [row[1:] for row in rows_of(closed)] == [("Nghinh Tường", "4"), ("Lâm Bình", "2")]
    assert "xep=luot-duoc-tinh" in closed
    assert "xep=luot-duoc-tinh" not in running


def test_the_board_reads_what_the_close_kept_and_no_entry(session, client, contest):
    close(session, *contest.rounds)
    session.execute(delete(Entry))
    session.commit()

    page = page_of(client, contest, "?tuan=ca&xep=luot-duoc-tinh")

    assert [row[2] for row in rows_of(page)] == ["4", "3"]


def test_a_contest_without_a_cap_has_no_such_order(session, client, contest):
    contest.terms = PrizeTerms(measure=CollectiveMeasure.TURNS).to_dict()
    close(session, *contest.rounds)

    page = page_of(client, contest, "?tuan=ca")

    assert "Lượt được tính" not in page
    assert {row.capped for row in session.query(UnitPeople)} == {None}


def test_two_provinces_stand_above_their_communes(session, client, contest):
    close(session, *contest.rounds)

    page = page_of(client, contest, "?tuan=ca&xep=luot-duoc-tinh")

    text = Page(page).text
    assert "Theo tỉnh, thành phố" in text
    assert "Tỉnh Thái Nguyên 4 lượt được tính · 2 người · 5 lượt thi 1 trong 1 nơi có người thi" in text
    assert text.index("Tỉnh Thái Nguyên") < text.index("Tỉnh Tuyên Quang") < text.index("Theo xã, phường")


def test_the_rate_of_a_province_is_said_to_be_that_of_the_units_that_take_part(session, client, contest):
    contest.headcounts_fixed_at = None
    for each in contest.units:
        session.add(Headcount(unit_id=each.unit_id, people=5_000, as_of=date(2026, 1, 1), source="Thống kê tỉnh"))
    session.flush()
    close(session, *contest.rounds)

    text = Page(page_of(client, contest, "?tuan=ca&xep=dan")).text

    assert "Tỉnh Thái Nguyên 2 người · 5 lượt thi 1 trong 1 nơi có người thi" in text
    assert "0,4 người trên 1.000 dân của những nơi này" in text


def test_the_only_province_has_its_total_at_the_head(session, client, contest):
    home, other = (each.unit for each in contest.units)
    other.parent = home.parent
    close(session, *contest.rounds)

    text = Page(page_of(client, contest, "?tuan=ca&xep=nguoi")).text

    assert "Theo tỉnh, thành phố" not in text
    assert "Cả cuộc thi 3 người · 11 lượt thi 2 trong 2 nơi có người thi" in text


def test_the_hall_has_a_line_for_each_of_several_provinces(session, client, contest):
    close(session, *contest.rounds)

    text = Page(page_of(client, contest, "?tuan=ca&xep=luot-duoc-tinh&chieu")).text

    assert "Theo tỉnh, thành phố Tỉnh Thái Nguyên 4 lượt được tính Tỉnh Tuyên Quang 3 lượt được tính" in text


def test_the_framed_board_has_the_provinces_above_the_communes(session, client, contest):
    close(session, *contest.rounds)

    text = Page(client.get(f"/embed/thi/{contest.slug}/bang?tuan=ca&xep=luot-duoc-tinh").text).text

    assert "Tỉnh Thái Nguyên 4 lượt được tính · 2 người · 5 lượt thi" in text
    assert text.index("Tỉnh Tuyên Quang") < text.index("Theo xã, phường") < text.index("1. Nghinh Tường")


@pytest.mark.parametrize("address", ["/thi/{}/bang?tuan=ca&chieu", "/embed/thi/{}/bang?tuan=ca"])
def test_the_only_province_has_no_line_where_its_total_stands_already(session, client, contest, address):
    home, other = (each.unit for each in contest.units)
    other.parent = home.parent
    close(session, *contest.rounds)

    assert 'class="provinces"' not in client.get(address.format(contest.slug)).text
