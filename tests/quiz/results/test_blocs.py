"""Blocs from the registration to the winners: ranked apart, with prizes of their own."""

import pytest
from sqlalchemy import select

from quiz.attempt.rules.sheet_turns import IssueKind
from quiz.boards.queries.season import read_season
from quiz.contest.labels.guesses import guess_words
from quiz.contest.models import Participant
from quiz.contest.queries import list_contests
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.manage.compare_words import compared_page
from quiz.results.operations.closing import mark_published, rank_round
from quiz.results.queries.comparison import find_typed, read_compared
from quiz.results.queries.result import find_place, find_result, list_standings, list_winners
from tests.factories import make_account, make_attempt, make_contest, make_participant, make_unit
from tests.quiz.contest.test_contest_form import PAGE, answers
from tests.support.entries import as_csv, bring_in
from tests.support.staff import enter, send

BLOCS = ("Cán bộ, công chức", "Người dân")
TIERS = (Tier("Giải Nhất", 1), Tier("Giải Nhì", 1, bloc=2))


@pytest.fixture
def unit(session, client):
    """Create a commune and sign in its organiser."""
    unit = make_unit(session)
    account = make_account(session, unit=unit)
    session.commit()
    enter(client, account)
    return unit


@pytest.fixture
def week(session, keyring):
    """Close a round: two officials are faster than three residents."""
    contest = make_contest(session, weeks=1, blocs=BLOCS, tiers=TIERS)
    round = contest.rounds[0]
    for name, bloc, seconds in (("An", 1, 60), ("Bình", 2, 90), ("Chi", 1, 70), ("Dũng", 2, 80), ("Em", 2, 100)):
        person = make_participant(session, keyring, contest, name=name, bloc=bloc)
        make_attempt(session, keyring, round, participant=person, correct=3, seconds=seconds, started_at=round.opens_at)
    rank_round(session, round, now=round.closes_at + SETTLING)
    return round


def test_each_bloc_has_ranks_and_prizes_of_its_own(session, week):
    result = find_result(session, week)

    lines = [(line.bloc, line.rank, line.duration_ms // 1000) for line in list_standings(session, result)]
    assert lines == [(1, 1, 60), (1, 2, 70), (2, 1, 80), (2, 2, 90), (2, 3, 100)]
    assert [(each.prize, each.rank) for each in list_winners(session, result)] == [
        ("Giải Nhất, Cán bộ, công chức", 1),
        ("Giải Nhất, Người dân", 1),
        ("Giải Nhì, Người dân", 2),
    ]
    assert [tuple(part) for part in result.parts] == [(1, 1, 2, 2), (2, 3, 3, 3)]


def test_people_of_two_blocs_are_not_compared(app, session, keyring, week):
    pair = [read_compared(session, week, each) for each in find_typed(session, keyring, week, "1")]

    with app.test_request_context():
        page = compared_page(week, *pair, guess_words(week.declared, None))

    assert "mỗi đối tượng xếp hạng riêng" in page.sentence
    assert page.lines == ()


def test_the_front_shows_each_bloc_and_a_place_counts_within_it(session, week):
    result = find_result(session, week)
    first = list_standings(session, result, limit=1)
    last = list_standings(session, result)[-1]

    assert [line.bloc for line in first] == [1, 2]
    place = find_place(session, week, last.attempt)
    assert (place.people, place.better_rank, place.gap.amount) == (3, 2, 10_000)
    leader = find_place(session, week, first[1].attempt)
    assert (leader.people, leader.better_rank) == (3, None)


def test_blocs_and_their_prizes_are_read_as_a_plan_writes_them(session, client, unit):
    blocs = {
        "blocs": "Cán bộ, công chức\nNgười dân",
        "tiers": "Giải Nhất: 1\nKhối người dân:\n02 giải Nhì: 500.000 đồng",
    }

    send(client, PAGE, **answers(unit, **blocs))

    contest = list_contests(session)[0]
    assert [bloc.name for bloc in contest.blocs] == ["Cán bộ, công chức", "Người dân"]
    assert [tier.value for tier in contest.tiers] == [Tier("Giải Nhất", 1), Tier("Giải Nhì", 2, 500_000, 2)]
    edited = client.get(f"/quan-tri/cuoc-thi/{contest.slug}/sua").text.replace("\r", "")
    assert "01 Giải Nhất\nNgười dân:\n02 Giải Nhì: 500.000 đồng</textarea>" in edited


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"blocs": "Người dân"}, "cần ít nhất hai khối"),
        ({"blocs": "Người dân\nKhối NGƯỜI DÂN"}, "ghi hai lần"),
        ({"blocs": "A\nB", "tiers": "A\nGiải Nhất: 1"}, "Khối “B” chưa có giải nào."),
        ({"blocs": "A\nB", "tiers": "Khối C\nGiải Nhất: 1"}, "ghi tên khối đúng như ở ô trên"),
    ],
)
def test_mistakes_in_blocs_are_explained(session, client, unit, changes, words):
    reply = send(client, PAGE, **answers(unit, **changes))

    assert reply.status_code == 422
    assert words in reply.text
    assert list_contests(session) == []


HEAD = "Họ và tên;Số điện thoại;Đơn vị dự thi;Đối tượng dự thi;Điểm"


def test_a_sheet_names_the_bloc_of_each_row_and_a_row_without_one_is_an_error(session):
    contest = make_contest(session, weeks=1, blocs=BLOCS)
    rows = (
        "Lò Thị Hoà;0912345678;xã Lâm Bình;Khối người dân;3",
        "Giàng A Páo;0912345679;xã Lâm Bình;cán bộ công chức;2",
        "Bàn Thị Chi;0912345670;xã Lâm Bình;học sinh;2",
    )

    plan = bring_in(contest.rounds[0], data=as_csv(*rows, header=HEAD), skip_errors=True)

    people = session.scalars(select(Participant).order_by(Participant.bloc)).all()
    assert [person.bloc for person in people] == [1, 2]
    assert [issue.kind for issue in plan.errors] == [IssueKind.NO_BLOC]


def test_the_whole_contest_is_ranked_by_all_rounds_together(session, keyring, client):
    contest = make_contest(session, weeks=2, blocs=BLOCS, tiers=TIERS)
    people = [make_participant(session, keyring, contest, name=name, bloc=1) for name in ("An", "Bình", "Chi")]
    papers = ((0, 0, 3, 60), (0, 1, 3, 60), (1, 0, 3, 90), (1, 1, 2, 10), (2, 1, 3, 5))
    for who, number, right, seconds in papers:
        round = contest.rounds[number]
        make_attempt(
            session,
            keyring,
            round,
            participant=people[who],
            correct=right,
            seconds=seconds,
            started_at=round.opens_at,
        )
    for round in contest.rounds:
        rank_round(session, round, now=round.closes_at + SETTLING)
        mark_published(session, round, now=round.results_at)
    session.commit()

    season, others = read_season(session, contest, contest.rounds)

    assert [(line.rank, line.participant_id, line.total.rounds, line.total.correct) for line in season] == [
        (1, people[0].id, 2, 6),
        (2, people[1].id, 2, 5),
        (3, people[2].id, 1, 3),
    ]
    assert others == []
    assert "Xếp hạng cả cuộc thi, khi có từ hai tuần" in client.get(f"/thi/{contest.slug}/bang-vang").text


def test_a_whole_contest_without_blocs_is_one_list(session, keyring, client):
    contest = make_contest(session, weeks=2)
    for at, seconds in enumerate((60, 70)):
        person = make_participant(session, keyring, contest, name=f"Lò Văn {'AB'[at]}")
        for round in contest.rounds:
            make_attempt(
                session,
                keyring,
                round,
                participant=person,
                correct=3,
                seconds=seconds,
                started_at=round.opens_at,
            )
    for round in contest.rounds:
        rank_round(session, round, now=round.closes_at + SETTLING)
        mark_published(session, round, now=round.results_at)
    session.commit()

    page = client.get(f"/thi/{contest.slug}/bang-vang").text

    assert "cộng số câu đúng của các tuần; bằng nhau thì ưu tiên người làm bài nhanh hơn" in page
