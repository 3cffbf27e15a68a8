"""Rules of which each key is chosen, and prizes with amounts: from the form to the winners."""

import pytest

from quiz.contest.labels import rule_sentences
from quiz.contest.queries import list_contests
from quiz.contest.rules.presets import CUSTOM, PRESETS, Counts, Criterion, GuessTarget, Key, Ties
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.contest.rules.season import SeasonMeasure, SeasonRule, SeasonTie
from quiz.results.operations.closing import rank_round
from quiz.results.queries.result import find_result, list_winners
from tests.factories import make_account, make_attempt, make_contest, make_participant, make_unit
from tests.quiz.contest.test_contest_form import PAGE, answers
from tests.support.staff import enter, send

OWN = {
    "preset": CUSTOM,
    "tries": "3",
    "counts": "best",
    "first": "correct",
    "second": "guess",
    "third": "submitted",
    "fourth": "",
    "submitted_bucket": "60000",
    "guess_target": "people",
    "ties": "draw",
    "youngest": "18",
}


@pytest.fixture
def unit(session, client):
    """Create a commune and sign in its organiser."""
    unit = make_unit(session)
    account = make_account(session, unit=unit)
    session.commit()
    enter(client, account)
    return unit


def test_each_key_of_own_rules_is_stored(session, client, unit):
    send(client, PAGE, **answers(unit, **OWN, all_right_only="y", rest_rounds="2", most_prizes="1"))

    contest = list_contests(session)[0]
    rules = contest.rounds[0].declared
    assert (rules.preset, rules.tries, rules.counts, rules.ties) == (CUSTOM, 3, Counts.BEST, Ties.DRAW)
    assert rules.order == (Key(Criterion.CORRECT), Key(Criterion.GUESS), Key(Criterion.SUBMITTED, 60_000))
    assert (rules.guess_target, rules.all_right_only) == (GuessTarget.PEOPLE, True)
    assert (rules.rest_rounds, rules.most_prizes, contest.youngest) == (2, 1, 18)


def test_a_prize_named_for_the_whole_contest_is_one_of_its_own(session, client, unit):
    typed = "01 giải Nhất: 500.000 đồng\n01 giải Nhất chung cuộc: 3.000.000 đồng\n02 giải Nhì toàn cuộc: 1 triệu"
    send(client, PAGE, **answers(unit, **OWN, tiers=typed))

    contest = list_contests(session)[0]
    assert [tier.name for tier in contest.tiers] == ["Giải Nhất"]
    assert [tier.value for tier in contest.season_tiers] == [
        Tier("Giải Nhất chung cuộc", 1, 3_000_000),
        Tier("Giải Nhì toàn cuộc", 2, 1_000_000),
    ]
    assert "01 Giải Nhất chung cuộc: 3.000.000 đồng" in client.get(f"/quan-tri/cuoc-thi/{contest.slug}/sua").text


def test_a_public_number_for_draws_is_declared_with_the_rules(session, client, unit):
    send(client, PAGE, **answers(unit, **OWN, draw_source="giải Đặc biệt Xổ số miền Bắc", draw_digits="5"))

    contest = list_contests(session)[0]
    assert contest.rounds[0].declared.draw_source == "giải Đặc biệt Xổ số miền Bắc"
    assert (
        "Bằng nhau ở mọi tiêu chí thì bốc thăm bằng số công khai: giải Đặc biệt Xổ số miền Bắc (5 chữ số), lần công bố "
        "đầu tiên sau ngày khóa bài và xếp hạng; ai cũng tính lại được thứ tự."
    ) in rule_sentences(contest.rules)


@pytest.mark.parametrize(
    ("digits", "said"),
    [("", "Xin ghi số công khai có mấy chữ số"), ("1", "Số chữ số từ 2 đến 20."), ("21", "đến 20.")],
)
def test_a_public_number_is_declared_with_its_digits(session, client, unit, digits, said):
    answer = send(client, PAGE, **answers(unit, **OWN, draw_source="XSMB", draw_digits=digits))

    assert answer.status_code == 422
    assert said in answer.text
    assert list_contests(session) == []


def test_a_source_is_kept_only_where_a_draw_can_come(session, client, unit):
    shared = {**OWN, "ties": "share", "most_sharing": "", "draw_source": "XSMB", "draw_digits": "5"}
    send(client, PAGE, **answers(unit, **shared))

    assert list_contests(session)[0].rounds[0].declared.draw_source is None
    assert list_contests(session)[0].rounds[0].declared.draw_digits is None


def test_the_standings_of_the_whole_contest_are_declared_with_the_rules(session, client, unit):
    typed = {"season": "points", "season_points": "5 3, 1", "season_best": "3", "season_tie": "firsts"}
    send(client, PAGE, **answers(unit, **OWN, **typed, season_next_tie="rounds"))

    contest = list_contests(session)[0]
    ties = (SeasonTie.FIRSTS, SeasonTie.ROUNDS)
    assert contest.rounds[0].declared.season == SeasonRule(SeasonMeasure.POINTS, 3, (5, 3, 1), ties)
    assert rule_sentences(contest.rules, is_weekly=False)[-1] == (
        "Xếp hạng cả cuộc thi, khi có từ hai đợt trở lên: cộng điểm của 3 đợt cao nhất của mỗi người (hạng 1: 5 điểm, "
        "hạng 2: 3 điểm, hạng 3: 1 điểm, hạng sau không có điểm); bằng nhau thì ưu tiên người được hạng nhất "
        "nhiều lần hơn, rồi thi nhiều đợt hơn; vẫn bằng thì cùng hạng."
    )
    assert "đợt" not in rule_sentences(contest.rules)[-1]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"season": "points", "season_points": ""}, "Xin ghi điểm từ hạng 1 trở đi"),
        ({"season": "points", "season_points": "3 5"}, "hạng sau không hơn hạng trước"),
        ({"season": "points", "season_points": "một hai"}, "Xin ghi điểm từ hạng 1 trở đi"),
        ({"season_best": "0"}, "Số đợt được tính từ 1 đến 52"),
        ({"second": "correct"}, "Mỗi tiêu chí chỉ xét một lần."),
        ({"guess_target": "none"}, "Xếp theo dự đoán thì phải có điều để dự đoán."),
        ({"tries": "0"}, "Số lượt thi từ 1 đến 1000"),
        ({"rest_rounds": "53"}, "Số đợt nghỉ từ 1 đến 52"),
        ({"most_prizes": "0"}, "Số giải từ 1 đến 52"),
        ({"youngest": "5"}, "Tuổi từ 6 đến 99."),
        ({"tiers": "Giải Nhất: 1.000.000 đồng"}, "xin ghi như “01 giải Nhất: 1.000.000 đồng”"),
        ({"tiers": "01 giải tập thể: 2.000.000 đồng"}, "là giải tập thể. Xin chuyển xuống"),
    ],
)
def test_rules_that_do_not_fit_together_are_explained(session, client, unit, changes, words):
    reply = send(client, PAGE, **answers(unit, **OWN | changes))

    assert reply.status_code == 422
    assert words in reply.text
    assert list_contests(session) == []


def test_prizes_are_stored_with_their_amounts_and_shown_with_the_budget(session, client, unit):
    prizes = {
        "tiers": "01 giải Nhất: 10.000.000 đồng\nGiải Nhì: 2",
        "collective": "01 giải Nhất: 2 triệu đồng",
        "measure": "people",
    }

    send(client, PAGE, **answers(unit, **prizes))

    contest = list_contests(session)[0]
    assert [tier.value for tier in contest.tiers] == [Tier("Giải Nhất", 1, 10_000_000), Tier("Giải Nhì", 2)]
    assert [tier.value for tier in contest.collective_tiers] == [Tier("Giải Nhất", 1, 2_000_000)]
    shown = client.get(f"/quan-tri/cuoc-thi/{contest.slug}").text
    assert "Tiền thưởng đã định: 22.000.000 đồng" in shown
    assert "Giải Nhất: 10.000.000 đồng, mức chi là 9.000.000 đồng." in shown
    edited = client.get(f"/quan-tri/cuoc-thi/{contest.slug}/sua").text
    assert "01 Giải Nhất: 10.000.000 đồng\n02 Giải Nhì</textarea>" in edited.replace("\r", "")


def _paper(session, keyring, round, person, *, correct, seconds):
    make_attempt(
        session, keyring, round, participant=person, correct=correct, seconds=seconds, started_at=round.opens_at
    )


def _close(session, round):
    rank_round(session, round, now=round.closes_at + SETTLING)
    result = find_result(session, round)
    return [each.participant_id for each in list_winners(session, result)]


def test_only_the_all_right_win_and_a_winner_rests_for_a_round(session, keyring):
    contest = make_contest(
        session, weeks=2, tiers=(Tier("Giải Nhất", 1),), all_right_only=True, rest_rounds=1, questions=3
    )
    fast, slow, wrong = (make_participant(session, keyring, contest) for _ in range(3))
    first, second = contest.rounds
    for round in contest.rounds:
        _paper(session, keyring, round, fast, correct=3, seconds=60)
        _paper(session, keyring, round, slow, correct=3, seconds=90)
        _paper(session, keyring, round, wrong, correct=2, seconds=30)

    assert _close(session, first) == [fast.id]
    assert _close(session, second) == [slow.id]


def test_there_is_no_winner_without_an_all_right_paper(session, keyring):
    contest = make_contest(session, weeks=1, all_right_only=True, questions=3)
    _paper(session, keyring, contest.rounds[0], make_participant(session, keyring, contest), correct=2, seconds=30)

    assert _close(session, contest.rounds[0]) == []
    assert PRESETS["lam-binh"].all_right_only is False
