"""Participation by unit, and figures that must not be shown too early."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select

from commune.models import Headcount, Succession
from commune.operations import create_unit
from quiz.attempt.models import Entry
from quiz.boards.queries.today import turnout_of_today
from quiz.contest.models import Participant
from quiz.contest.rules.schedule import SETTLING
from quiz.persons.operations.correction import keep_version, move_to_unit
from quiz.results.models import UnitPeople
from quiz.results.operations.closing import mark_published, rank_round
from quiz.results.operations.people import keep_people
from quiz.results.queries.turnout import perfect_of_contest, turnout_of_contest, turnout_of_round
from tests.factories import make_attempt, make_contest, make_participant, make_unit

pytestmark = pytest.mark.both_databases

MERGED, TODAY = date(2025, 7, 1), date(2026, 11, 23)


def test_a_unit_without_entries_is_on_the_board_with_zero(session, keyring):
    units = [make_unit(session, name=name) for name in ("xã Xuân Lập", "xã Phúc Yên")]
    contest = make_contest(session, units=units)
    person = make_participant(session, keyring, contest, unit=units[1])
    make_attempt(session, keyring, contest.rounds[0], participant=person)

    board = turnout_of_contest(session, contest)

    assert [(row.unit.name, row.turns, row.people) for row in board.rows] == [
        ("xã Phúc Yên", 1, 1),
        ("xã Xuân Lập", 0, 0),
    ]


def test_turns_and_people_are_distinguished(session, keyring):
    contest = make_contest(session, preset="vcnet")
    round = contest.rounds[0]
    person = make_participant(session, keyring, contest)
    for hour in (9, 10, 11):
        make_attempt(session, keyring, round, participant=person, started_at=round.opens_at + timedelta(hours=hour))

    board = turnout_of_round(session, round)

    assert (board.turns, board.people) == (3, 1)


def test_todays_entries_are_not_on_the_open_board(session, keyring):
    contest = make_contest(session)
    round = contest.rounds[0]
    make_attempt(session, keyring, round, started_at=round.opens_at + timedelta(hours=9))
    make_attempt(session, keyring, round, started_at=round.opens_at + timedelta(days=1, hours=9))

    board = turnout_of_round(session, round, round.opens_at + timedelta(days=1, hours=12))

    assert (board.turns, board.until) == (1, date(2026, 6, 1))


def test_after_the_close_everything_may_be_seen(session, keyring):
    round = make_contest(session).rounds[0]
    make_attempt(session, keyring, round, started_at=round.closes_at - timedelta(hours=1))

    board = turnout_of_round(session, round, round.closes_at)

    assert (board.turns, board.until) == (1, None)


def test_the_number_right_waits_for_the_close(session, keyring):
    contest = make_contest(session)
    make_attempt(session, keyring, contest.rounds[0], correct=3)

    assert perfect_of_contest(session, contest) == 0


def test_a_board_of_many_units_asks_the_database_a_fixed_number_of_times(session, count_queries):
    contest = make_contest(session, units=[make_unit(session, name=f"xã {n}") for n in range(40)])
    session.expire_all()
    count_queries.clear()

    turnout_of_contest(session, contest)

    assert len(count_queries) <= 4


def make_old(session, name, code, *heirs):
    old = create_unit(
        session, code=code, kind="commune", name=name, valid_from=date(2004, 7, 1), valid_to=date(2025, 7, 1)
    )
    session.add_all(Succession(old_id=old.id, new_id=heir.id) for heir in heirs)
    session.flush()
    return old


def count_heads(session, unit, people, as_of, source="Nghị quyết"):
    session.add(Headcount(unit_id=unit.id, people=people, as_of=as_of, source=source))
    session.flush()


@pytest.fixture
def merged(session, keyring):
    """Create a contest of 2024: two communes that were merged, and one that was split."""
    new, other = make_unit(session, name="xã Lâm Bình"), make_unit(session, name="xã Thượng Lâm")
    olds = [make_old(session, "xã Phúc Yên", "90001", new), make_old(session, "xã Xuân Lập", "90002", new),
            make_old(session, "xã Khuôn Hà", "90003", new, other)]  # fmt: skip
    contest = make_contest(session, units=olds, first_day=date(2024, 6, 3), tiers=())
    people = [make_participant(session, keyring, contest, unit=unit) for unit in (*olds, olds[0])]
    for round in contest.rounds:
        for person in people[: 4 if round.number == 1 else 1]:
            make_attempt(session, keyring, round, participant=person)
        rank_round(session, round, now=round.closes_at + SETTLING)
    return contest, new, olds


def today_of(session, contest):
    return turnout_of_today(session, contest, turnout_of_contest(session, contest), TODAY)


def test_old_units_are_summed_into_their_only_successor_and_a_split_one_stays(session, merged):
    rows = today_of(session, merged[0])

    assert [(row.unit.name, [old.name for old in row.members], [heir.name for heir in row.heirs]) for row in rows] == [
        ("xã Lâm Bình", ["xã Phúc Yên", "xã Xuân Lập"], []),
        ("xã Khuôn Hà", [], ["xã Lâm Bình", "xã Thượng Lâm"]),
    ]


def test_the_communes_of_today_have_all_turns_and_each_person_once(session, merged):
    rows = today_of(session, merged[0])

    assert [(row.turns, row.people) for row in rows] == [(4, 3), (1, 1)]


def test_the_old_headcount_is_a_sum_only_where_every_one_is_known(session, merged):
    contest, new, olds = merged
    contest.headcounts_fixed_at = None
    count_heads(session, olds[0], 2_771, date(2011, 1, 28))
    before = [row.then for row in today_of(session, contest)]
    count_heads(session, olds[1], 1_909, date(2011, 1, 28))
    count_heads(session, olds[1], 9_999, date(2024, 12, 31))
    count_heads(session, new, 16_000, date(2026, 1, 1), "Công an xã")

    [row, split] = today_of(session, contest)

    assert before == [None, None]
    assert (row.then.people, [count.source for count in row.then.counts]) == (4_680, ["Nghị quyết"] * 2)
    assert (row.now.people, row.now.counts[0].as_of, split.now) == (16_000, date(2026, 1, 1), None)


def test_a_contest_without_ended_units_has_one_board(session):
    assert today_of(session, make_contest(session)) == []


def test_people_of_a_finished_contest_are_read_as_they_were_counted_at_the_close(session, merged):
    contest, _new, olds = merged
    counted = session.execute(select(UnitPeople.unit_id, UnitPeople.people).order_by(UnitPeople.unit_id)).all()
    session.execute(delete(Entry))

    rows = today_of(session, contest)

    assert [tuple(row) for row in counted] == [(old.id, people) for old, people in zip(olds, (2, 1, 1), strict=True)]
    assert [row.people for row in rows] == [3, 1]


def test_a_person_who_moves_after_the_last_close_stays_in_the_figures_of_their_unit(session, merged):
    contest, _new, olds = merged
    who = session.scalar(select(Entry.participant_id).join(Entry.participant).where(Participant.unit_id == olds[2].id))
    person, after = session.get_one(Participant, who), contest.rounds[-1].closes_at + timedelta(days=1)
    keep_version(session, person, after)
    move_to_unit(session, person, olds[1].id, after)

    keep_people(session, contest.id)

    kept = {row.unit_id: row.people for row in session.scalars(select(UnitPeople))}
    assert kept == {olds[0].id: 2, olds[1].id: 1, olds[2].id: 1}


def test_a_person_who_moves_between_two_closes_is_counted_in_the_new_unit_from_the_next_on(session, merged):
    contest, _new, olds = merged
    who = session.scalar(select(Entry.participant_id).join(Entry.participant).where(Participant.unit_id == olds[2].id))
    person, before = session.get_one(Participant, who), contest.rounds[-1].closes_at - timedelta(days=1)
    keep_version(session, person, before)
    move_to_unit(session, person, olds[1].id, before)

    keep_people(session, contest.id)

    kept = {row.unit_id: row.people for row in session.scalars(select(UnitPeople))}
    assert kept == {olds[0].id: 2, olds[1].id: 2}


def test_the_board_of_today_takes_few_statements(session, merged, count_queries):
    board = turnout_of_contest(session, merged[0])
    count_queries.clear()

    turnout_of_today(session, merged[0], board, TODAY)

    assert len(count_queries) <= 6


def published(session, contest):
    for round in contest.rounds:
        rank_round(session, round, now=round.results_at)
        mark_published(session, round, now=round.results_at)
    session.commit()


def test_both_boards_open_and_lead_to_each_other(session, client, merged):
    contest = merged[0]
    published(session, contest)
    address = f"/thi/{contest.slug}/bang"

    old, new = client.get(address), client.get(f"{address}?don-vi=hom-nay")

    assert (old.status_code, new.status_code) == (200, 200)
    for page in (old, new):
        assert f'href="{address}?don-vi=hom-nay"' in page.text
        assert f'<a href="{address}"' in page.text
    assert "nay thuộc xã Lâm Bình, xã Thượng Lâm" in new.text
    assert "gồm xã Phúc Yên, xã Xuân Lập" in new.text
    assert "gồm xã Phúc Yên, xã Xuân Lập" not in old.text


def test_turns_and_people_are_one_figure_where_no_unit_has_more_of_one(session, keyring, client, merged):
    single = make_contest(session, weeks=1)
    make_attempt(session, keyring, single.rounds[0])
    for contest in (single, merged[0]):
        published(session, contest)

    alike, differ = (client.get(f"/thi/{contest.slug}/bang").text for contest in (single, merged[0]))

    assert ("lượt thi</span>" in alike, "lượt thi</span>" in differ) == (False, True)
    assert ("xep=luot" in alike, "xep=luot" in differ) == (False, True)
    assert ("mỗi người một lượt" in alike, "mỗi người một lượt" in differ) == (True, False)


def test_no_rate_is_made_of_turns_and_headcounts(session, client, merged):
    contest, new, olds = merged
    contest.headcounts_fixed_at = None
    for unit in (new, *olds):
        count_heads(session, unit, 2_000, date(2024, 1, 1))
    published(session, contest)

    page = client.get(f"/thi/{contest.slug}/bang?don-vi=hom-nay").text

    assert "4.000" in page
    assert "%" not in re.sub(r"<svg.*?</svg>", "", page.split("<h1>")[1].split("</main>")[0], flags=re.DOTALL)
    assert "1.000 dân" not in page


@pytest.mark.parametrize("asked", ["hom-nay", "hom-qua", "", "%7B", "hom-nay&don-vi=x"])
def test_a_running_contest_shows_its_own_units_whatever_is_asked(session, client, merged, asked):
    session.commit()

    reply = client.get(f"/thi/{merged[0].slug}/bang?don-vi={asked}")

    assert reply.status_code == 200
    assert "don-vi=hom-nay" not in reply.text


def make_weeks(session, keyring, weeks=3, tries=1):
    """Let one person enter every week, and another the first alone; return the contest."""
    contest = make_contest(session, preset="vcnet", weeks=weeks)
    always, once = (make_participant(session, keyring, contest) for _ in range(2))
    for round in contest.rounds:
        for number in range(tries):
            at = round.opens_at + timedelta(hours=9 + number)
            make_attempt(session, keyring, round, participant=always, started_at=at)
    make_attempt(session, keyring, contest.rounds[0], participant=once)
    session.commit()
    return contest


def stats_of(client, contest, query=""):
    page = client.get(f"/thi/{contest.slug}/bang{query}").text
    return re.findall(r'<span class="big">([\d.]+)</span> <span class="unit">([^<]+)</span>', page)


def test_people_of_a_finished_contest_are_different_people(session, keyring, client):
    contest = make_weeks(session, keyring)
    published(session, contest)

    board = turnout_of_contest(session, contest)

    assert (board.turns, board.people, board.is_weekly) == (4, 2, False)
    assert [row.people for row in board.rows if row.turns] == [2]
    assert stats_of(client, contest)[:2] == [("2", "người đã thi"), ("4", "lượt thi")]


def test_all_closed_weeks_of_a_running_contest_have_different_people(session, keyring, client, monkeypatch):
    contest = make_weeks(session, keyring, tries=2)
    for round in contest.rounds[:2]:
        rank_round(session, round, now=round.results_at)
    session.commit()

    board = turnout_of_contest(session, contest)

    assert (board.turns, board.people, board.is_weekly, board.different) == (7, 4, True, 2)
    assert stats_of(client, contest, "?tuan=ca") == [("2", "người đã thi"), ("5", "lượt thi")]
    assert stats_of(client, contest, "?tuan=3") == [("1", "người đã thi"), ("2", "lượt thi")]


def test_equal_numbers_of_turns_and_people_are_one_tile(session, keyring, client):
    contest = make_weeks(session, keyring)

    assert stats_of(client, contest, "?tuan=1") == [("2", "người đã thi, mỗi người một lượt")]


def test_in_the_first_week_people_are_different_people(session, keyring):
    contest = make_contest(session, preset="vcnet")
    make_attempt(session, keyring, contest.rounds[0])

    assert turnout_of_contest(session, contest).is_weekly is False


def bars_of(client, contest, query):
    page = client.get(f"/thi/{contest.slug}/bang{query}").text
    return re.findall(r'<rect class="bar[5q]" width="([\d.]+)%"', page)


def test_bars_show_the_figure_that_the_board_is_ordered_by(session, keyring, client):
    units = [make_unit(session, name=f"xã {name}") for name in ("Một", "Hai")]
    contest = make_contest(session, preset="vcnet", weeks=1, units=units)
    eager, *others = (make_participant(session, keyring, contest, unit=units[at]) for at in (0, 1, 1))
    for hour in range(4):
        at = contest.rounds[0].opens_at + timedelta(hours=hour + 1)
        make_attempt(session, keyring, contest.rounds[0], participant=eager, started_at=at)
    for person in others:
        make_attempt(session, keyring, contest.rounds[0], participant=person)
    published(session, contest)

    assert bars_of(client, contest, "?xep=nguoi") == ["100.00", "50.00"]
    assert bars_of(client, contest, "?xep=luot") == ["100.00", "50.00"]
    assert stats_of(client, contest)[0] == ("3", "người đã thi")
