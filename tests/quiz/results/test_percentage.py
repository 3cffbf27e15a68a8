"""A guessed percentage on its whole way: form, paper, close, pages and files."""

import pytest

from quiz.contest.queries import list_contests
from quiz.contest.rules.presets import CUSTOM, Criterion, GuessTarget, Key
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations.closing import rank_round
from quiz.results.queries.result import find_result, list_standings
from tests.factories import make_account, make_attempt, make_contest, make_participant, make_unit
from tests.quiz.contest.test_contest_form import PAGE, answers
from tests.support.ranking import rank_lines, run_rank
from tests.support.staff import enter, send

ORDER = (Key(Criterion.CORRECT), Key(Criterion.GUESS))
PERCENT = {"guess_target": GuessTarget.PERCENT, "guess_decimals": 1, "order": ORDER}
GUESSES = (("An", 3, 667), ("Bình", 3, 660), ("Chi", 0, 120))


@pytest.fixture
def week(session, keyring):
    """Close a round of three people, two of whom are all right."""
    contest = make_contest(session, weeks=1, questions=3, **PERCENT)
    round = contest.rounds[0]
    for name, correct, guess in GUESSES:
        person = make_participant(session, keyring, contest, name=name)
        make_attempt(
            session, keyring, round, participant=person, correct=correct, guess=guess, started_at=round.opens_at
        )
    rank_round(session, round, now=round.closes_at + SETTLING)
    return round


def test_the_closer_percentage_is_ahead_by_an_exact_distance(session, week):
    result = find_result(session, week)

    assert (result.target, result.target_people) == (2, 3)
    assert [(line.rank, line.guess, line.distance) for line in list_standings(session, result)] == [
        (1, 667, 1),
        (2, 660, 20),
        (3, 120, 1640),
    ]


def test_a_percentage_is_declared_with_its_decimals(session, client):
    unit = make_unit(session)
    account = make_account(session, unit=unit)
    session.commit()
    enter(client, account)
    own = {"preset": CUSTOM, "first": "correct", "second": "guess", "third": "", "guess_target": "percent"}

    send(client, PAGE, **answers(unit, **own, guess_decimals="2"))

    rules = list_contests(session)[0].rounds[0].declared
    assert (rules.guess_target, rules.guess_decimals) == (GuessTarget.PERCENT, 2)


def test_a_sheet_of_percentages_is_ranked_apart_from_a_count(tmp_path):
    lines = (
        "Họ và tên,Số điện thoại,Đơn vị,Số câu đúng,Dự đoán tỷ lệ % người đúng hết",
        'Lò Thị An,0912000001,xã Mẫu,3 / 3,"66,7"',
        "Bàn Văn Bình,0912000002,xã Mẫu,3 / 3,66.0 %",
        "Hà Thị Chi,0912000003,xã Mẫu,0 / 3,12",
    )

    report = rank_lines(tmp_path, *lines, options=("--preset", "guess", "--guess", "percent", "--decimals", 1))

    assert [(line["rank"], line["guess"]) for line in report["standings"]] == [(1, 66.7), (2, 66.0), (3, 12.0)]
    assert not any("dự đoán" in problem for problem in report["problems"])


def test_blocs_of_a_sheet_are_ranked_apart(tmp_path):
    lines = (
        "Họ và tên,Số điện thoại,Đơn vị,Đối tượng dự thi,Số câu đúng",
        "Cán Bộ Một,0912000041,xã Mẫu,CBCCVC,15 / 15",
        "Dân Một,0912000043,xã Mẫu,Người dân,14 / 15",
        "Dân Hai,0912000044,xã Mẫu,người dân,13 / 15",
    )

    report = rank_lines(tmp_path, *lines, options=("--by-bloc",))
    together = rank_lines(tmp_path, *lines)

    assert [(line["bloc"], line["rank"]) for line in report["standings"]] == [
        ("CBCCVC", 1),
        ("Người dân", 1),
        ("Người dân", 2),
    ]
    assert (
        "GIẢI NHẤT\nCán Bộ Một (xã Mẫu; CBCCVC)\nDân Một (xã Mẫu; Người dân)"
        in run_rank(tmp_path / "tuan.csv", "--by-bloc").stdout
    )
    assert any("--by-bloc" in problem for problem in together["problems"])


def test_only_the_all_right_win_in_a_ranked_sheet(tmp_path):
    path = tmp_path / "tuan.csv"
    path.write_text("Họ và tên,Số điện thoại,Đơn vị,Số câu đúng\nLò Thị An,0912000001,xã Mẫu,9 / 10\n", "utf-8")

    assert "GIẢI NHẤT\nLò Thị An (xã Mẫu)" in run_rank(path).stdout
    assert "Chưa có ai đủ điều kiện xét giải." in run_rank(path, "--all-right").stdout
