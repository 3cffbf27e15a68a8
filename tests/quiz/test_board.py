"""Participation by unit, and what must not be seen too early."""

from datetime import date, timedelta

from quiz.queries.board import perfect_of_contest, turnout_of_contest, turnout_of_round
from tests.factories import make_attempt, make_contest, make_participant, make_unit


def test_a_unit_without_entries_stands_on_the_board_with_zero(session, keyring):
    units = [make_unit(session, name=name) for name in ("xã Xuân Lập", "xã Phúc Yên")]
    contest = make_contest(session, units=units)
    person = make_participant(session, keyring, contest, unit=units[1])
    make_attempt(session, keyring, contest.rounds[0], participant=person)

    board = turnout_of_contest(session, contest)

    assert [(row.unit.name, row.turns, row.people) for row in board.rows] == [
        ("xã Phúc Yên", 1, 1),
        ("xã Xuân Lập", 0, 0),
    ]


def test_turns_and_people_are_told_apart(session, keyring):
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
