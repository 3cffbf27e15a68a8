"""The page of a published round: findings, questions with their answers, guesses, standings, and its figures."""

import csv
import io
import re
from dataclasses import replace

import pytest

from core import clock
from quiz.contest.rules.prizes import Tier
from quiz.results.models import RoundAnswers
from quiz.results.operations.closing import mark_published, rank_round
from quiz.results.queries.result import list_winners
from tests.factories import make_attempt, make_contest, make_participant
from tests.support.calls import confirm_winner

TIERS = (Tier("Giải Nhất", 1), Tier("Giải Nhì", 2))


@pytest.fixture
def week(session, keyring):
    """Create a week of 24 people and four questions; twelve are all right, the others have the last two wrong."""
    contest = make_contest(session, weeks=2, questions=4, tiers=TIERS)
    round = contest.rounds[0]
    for at in range(24):
        person = make_participant(session, keyring, contest, name=f"Nguyễn Văn An {'abcdefghijklmnopqrstuvwxyz'[at]}")
        right = 4 if at < 12 else 2
        make_attempt(session, keyring, round, participant=person, correct=right, seconds=100 + at, guess=10 * at)
    return round


def publish(session, round):
    result = rank_round(session, round, now=round.results_at)
    for winner in list_winners(session, result):
        confirm_winner(session, round, winner.participant_id, now=round.results_at)
    mark_published(session, round, now=round.results_at)
    session.commit()


def page_of(client, round, query=""):
    reply = client.get(f"/thi/{round.contest.slug}/tuan/{round.number}{query}")
    assert reply.status_code == 200
    return reply.text


def test_answers_guesses_and_marks_are_counted_at_the_close(session, week):
    publish(session, week)

    kept = session.get_one(RoundAnswers, week.id)

    refs = [question.ref for question in week.questions]
    assert [kept.answers[ref] for ref in refs] == [{"A": 24}, {"A": 24}, {"A": 12, "B": 12}, {"A": 12, "B": 12}]
    assert (kept.people, kept.marks) == (24, {"4": 12, "2": 12})
    assert kept.guesses == {str(10 * at): 1 for at in range(24)}
    assert kept.typical_ms == 111_000


def test_the_title_is_the_finding(session, client, week):
    publish(session, week)

    page = page_of(client, week)

    assert "<h1>Tuần 1: 12 trong 24 người đúng hết</h1>" in page, "two questions are equally hard"


def test_each_question_has_its_share_and_its_common_slip(session, client, week):
    publish(session, week)

    page = page_of(client, week)

    assert re.findall(r"đúng </span>(\d+)\xa0%", page) == ["100", "100", "50", "50"]
    assert page.count("Hay nhầm: B. Sai") == 2
    assert page.count("Căn cứ số 1") == 4


def test_bars_in_the_picture_equal_the_shares(session, client, week):
    publish(session, week)

    page = page_of(client, week)

    bars = re.findall(r'<rect class="(bar5|k2)" x="(\d+)%" width="(\d+)%" height="100%"', page)
    assert bars == [("bar5", "0", "100")] * 2 + [("bar5", "0", "50"), ("k2", "50", "50")] * 2


def test_the_title_begins_with_the_name_of_a_round_that_is_no_week(session, client, week):
    publish(session, week)
    week.name = "Vòng sơ khảo"
    session.commit()

    assert "<h1>Vòng sơ khảo: 12 trong 24 người đúng hết</h1>" in page_of(client, week)


def test_the_middle_half_of_the_guesses_and_the_truth_are_the_title_of_their_picture(session, client, week):
    publish(session, week)

    page = page_of(client, week)

    assert "Một nửa số người đoán từ 50 đến 170; số đúng là 12" in page
    counted = re.search(r"Xem bảng số</summary>(.*?)</table>", page, re.DOTALL)[1]
    assert sum(map(int, re.findall(r'<td class="number">(\d+)</td>', counted))) == 24


def test_few_guesses_are_a_sentence(session, keyring, client):
    round = make_contest(session, weeks=1).rounds[0]
    make_attempt(session, keyring, round)
    publish(session, round)

    page = page_of(client, round)

    assert "Số đúng để so với dự đoán: 1." in page
    assert "Một nửa số người đoán" not in page
    assert "Chưa đủ 5 bài có câu trả lời để tính tỷ lệ." in page


def test_ten_lines_are_shown_and_ten_are_folded(session, client, week):
    publish(session, week)

    shown, folded = page_of(client, week).split("<summary>Hạng tiếp theo, đến bài thứ 20</summary>")

    assert (shown.count('<td class="number"><b>'), folded.count('<td class="number"><b>')) == (10, 10)
    assert "Sau hạng trên vì" not in shown + folded


def test_winners_have_medals_and_their_figures(session, client, week):
    publish(session, week)

    page = page_of(client, week)

    assert "3 người đạt giải" in page
    assert re.findall(r'class="medal m(\d)"', page) == ["1", "2", "2"]
    assert "4/4, 1 phút 40 giây, đoán 0 người" in page.replace("\xa0", " ")


def test_of_many_questions_the_hardest_four_are_shown(session, keyring, client):
    round = make_contest(session, weeks=1, questions=8).rounds[0]
    for right in (8, 8, 3, 3, 2, 2):
        make_attempt(session, keyring, round, correct=right)
    publish(session, round)

    shown, folded = page_of(client, round).split("<summary>4 câu còn lại</summary>")

    assert re.findall(r"Câu (\d)\.</b>", shown) == ["4", "5", "6", "7"]
    assert re.findall(r"Câu (\d)\.</b>", folded) == ["1", "2", "3", "8"]


def test_figures_can_be_downloaded_without_a_name(session, client, week):
    publish(session, week)

    reply = client.get(f"/thi/{week.contest.slug}/tuan/1/so-lieu.csv")

    text = reply.data.decode("utf-8-sig")
    assert "Câu 3,người chọn B,12" in text.replace(";", ",")
    assert "Nguyễn" not in text


def test_ranks_follow_from_the_rows_of_all_papers_which_hold_no_name(session, client, week):
    publish(session, week)
    unit = week.contest.units[0].unit.name

    page = page_of(client, week)
    (address,) = re.findall(r'href="(/[^"]*tung-bai\.csv)"', page)
    text = client.get(address).data.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(text), delimiter=";" if ";" in text else ",")

    assert head == ["Hạng", "Câu đúng", "Giây", "Dự đoán", "Thứ tự nộp"]
    papers = [(int(rank), int(right), float(seconds.replace(",", "."))) for rank, right, seconds, *_ in rows]
    assert [rank for rank, _, _ in papers] == list(range(1, 25))
    assert papers == sorted(papers, key=lambda paper: (-paper[1], paper[2]))
    assert sum(right == 4 for _, right, _ in papers) == 12
    assert "Nguyễn" not in text
    assert unit not in text


def test_few_papers_are_not_given_out(session, keyring, client):
    contest = make_contest(session, weeks=1, questions=4)
    for at in range(4):
        make_attempt(session, keyring, contest.rounds[0], seconds=100 + at)
    publish(session, contest.rounds[0])

    assert "tung-bai.csv" not in page_of(client, contest.rounds[0])
    assert client.get(f"/thi/{contest.slug}/tuan/1/tung-bai.csv").status_code == 404


def test_the_file_withholds_a_question_that_few_had_and_one_that_is_void(session, client, week):
    publish(session, week)
    few, void, *shown = week.questions
    week.rules = replace(week.declared, shuffles=True, shown=2).to_dict()  # not everybody had every question
    void.is_void = True
    kept = session.get_one(RoundAnswers, week.id)
    kept.answers = kept.answers | {few.ref: {"A": 3, "B": 1}}
    session.commit()

    text = client.get(f"/thi/{week.contest.slug}/tuan/1/so-lieu.csv").text.replace(";", ",")

    assert "Câu 1," not in text
    assert "Câu 2," not in text
    assert all(f"Câu {question.position},người chọn B,12" in text for question in shown)


def test_figures_and_the_hall_are_closed_before_the_publication(session, client, week):
    rank_round(session, week, now=week.results_at)
    session.commit()
    address = f"/thi/{week.contest.slug}/tuan/1"

    replies = [client.get(address + more) for more in ("/so-lieu.csv", "/tung-bai.csv", "?chieu=9", "")]

    assert [reply.status_code for reply in replies] == [404, 404, 404, 404]
    assert client.get(f"/thi/{week.contest.slug}/bang-vang").status_code == 404


def test_the_page_takes_few_statements_and_one_when_it_is_kept(session, client, week, count_queries, monkeypatch):
    publish(session, week)
    monkeypatch.setattr(clock, "now", lambda: week.results_at)
    counts = []
    for _ in range(2):
        count_queries.clear()
        page_of(client, week)
        counts.append(len(count_queries))

    assert counts == [29, 1]


def names_in(page):
    return re.findall(r"<b>(Nguyễn Văn An \w)", page)


def test_prizes_are_opened_from_the_last_to_the_first(session, client, week):
    publish(session, week)

    pages = [page_of(client, week, f"?chieu={step}") for step in range(4)]

    assert [names_in(page) for page in pages] == [
        [],
        ["Nguyễn Văn An c"],
        ["Nguyễn Văn An b", "Nguyễn Văn An c"],
        ["Nguyễn Văn An a", "Nguyễn Văn An b", "Nguyễn Văn An c"],
    ]
    assert [re.findall(r"<span>(Giải \w+) là ai\?", page) for page in pages] == [
        ["Giải Nhì"],
        ["Giải Nhì"],
        ["Giải Nhất"],
        [],
    ]


def test_the_hall_names_only_what_is_open_and_shows_no_phone(session, client, week):
    publish(session, week)

    page = page_of(client, week, "?chieu=1")

    assert "Nguyễn Văn An a" not in page
    assert 'href="/thi/' + week.contest.slug + '/tuan/1?chieu=2" data-next autofocus' in page


@pytest.mark.parametrize("asked", ["", "x", "-1", "99999", "1e9", "٣"])
def test_an_unknown_step_shows_the_first_and_a_late_one_the_last(session, client, week, asked):
    publish(session, week)

    assert client.get(f"/thi/{week.contest.slug}/tuan/1?chieu={asked}").status_code == 200


def test_a_hall_without_prizes_says_so(session, keyring, client):
    round = make_contest(session, weeks=1, tiers=()).rounds[0]
    make_attempt(session, keyring, round)
    publish(session, round)

    assert "Tuần này không có người đạt giải" in page_of(client, round, "?chieu")


@pytest.fixture
def season(session, keyring):
    """Create two published weeks; the same person wins both."""
    contest = make_contest(session, weeks=2, tiers=TIERS)
    first, second = (make_participant(session, keyring, contest, name=name) for name in ("Giàng A Páo", "Lò Thị Bé"))
    for round in contest.rounds:
        make_attempt(session, keyring, round, participant=first, seconds=100)
        make_attempt(session, keyring, round, participant=second, seconds=200)
        publish(session, round)
    return contest


def test_honours_count_weeks_and_people(session, client, season):
    page = client.get(f"/thi/{season.slug}/bang-vang").text

    assert "<h1>Bảng vàng: một người đạt 2 giải Nhất tuần</h1>" in page
    assert "2 lần giải Nhất: tuần 1, tuần 2" in page
    assert ("Giàng A Páo" in page, "Lò Thị Bé" in page) == (True, False)


def test_the_contest_the_board_and_the_round_lead_to_the_honours(client, season):
    address = f"/thi/{season.slug}"

    pages = [client.get(address + more).text for more in ("", "/bang", "/tuan/2")]

    assert [f'href="{address}/bang-vang"' in page for page in pages] == [True, True, True]


def test_honours_take_few_statements(session, client, season, count_queries):
    count_queries.clear()

    client.get(f"/thi/{season.slug}/bang-vang")

    assert len(count_queries) == 17


def test_a_child_is_not_named_among_the_honours(session, keyring, client):
    contest = make_contest(session, weeks=1, tiers=TIERS)
    child = make_participant(session, keyring, contest, name="Giàng A Páo", birth_year=2011)
    make_attempt(session, keyring, contest.rounds[0], participant=child)
    publish(session, contest.rounds[0])

    page = client.get(f"/thi/{contest.slug}/bang-vang").text

    assert "Một người dự thi" in page
    assert "Páo" not in page
