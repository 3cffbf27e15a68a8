"""The defence of the whole contest: two people in a box give the sum that decides between them, and the article."""

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from quiz.awards.manage.season_compare_words import season_comparison
from quiz.awards.queries.season_comparison import find_in_season, read_in_season
from quiz.boards.queries.season import find_at_rank, find_line, read_season
from quiz.contest.models import PrizeTier
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import Draw
from quiz.results.operations import closing
from quiz.results.queries.draws import OwnDraw
from tests.support.pages import Page
from tests.support.staff import desk_in, send

PAO, ANH = "Giàng A Páo", "Nguyễn Thị Ánh"


@pytest.fixture
def over(session, season):
    """Return the contest with a prize of the season, both weeks published."""
    season.season_tiers = [PrizeTier(position=8, name="Giải Nhất chung cuộc", quantity=1, amount=None, is_season=True)]
    for round in season.rounds:
        closing.mark_published(session, round, now=round.results_at)
    session.commit()
    return season


@pytest.fixture
def organiser(app, session, over):
    return desk_in(app, session, over.unit)


def ask(client, contest, one, other, **more):
    path = f"/quan-tri/cuoc-thi/{contest.slug}/giai-chung-cuoc/doi-chieu"
    return send(client, path, **{"one": one, "other": other, "reason": "Đơn số 3", **more})


def text_of(answer):
    return Page(answer.text).text


def test_two_names_give_the_sum_that_decides_and_the_article(organiser, over):
    said = text_of(ask(organiser, over, ANH, PAO))

    assert (
        "Giàng A Páo có 8 câu đúng, Nguyễn Thị Ánh có 6 câu đúng: hơn nhau ở tổng số câu đúng được tính, 2 câu đúng."
        in said
    )
    assert "Điều 6 của thể lệ. Xếp hạng cả cuộc thi" in said


def test_equal_sums_go_on_to_the_time_of_all_weeks(organiser, over):
    said = text_of(ask(organiser, over, PAO, "2"))

    assert (
        "Hai người cùng có 8 câu đúng; Giàng A Páo làm các bài trong 3 phút 10 giây, Người hạng 2 làm các bài trong 4 "
        "phút: hơn nhau ở tổng thời gian làm bài, 50 giây." in said
    )
    assert "Lò Thị Bé" not in said
    assert "Giải Giải Nhất chung cuộc không có giải" in said


def test_full_equals_rest_on_the_article_of_ties(organiser, session, over):
    over.rules = over.rules | {"season": over.rules["season"] | {"ties": []}}
    session.commit()

    said = text_of(ask(organiser, over, PAO, "=Lò Thị Bé"))

    assert "bằng nhau ở mọi tiêu chí, nên cùng hạng" in said
    assert "của thể lệ. Giải chung cuộc: cùng hạng thì cùng nhận giải" in said


def test_a_comparison_is_recorded_of_the_contest_without_names(organiser, session, over):
    ask(organiser, over, PAO, "Không Có Ai")

    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == QuizAction.ENTRY_COMPARE)).one()
    assert json.loads(entry.after)["ranks"] == "1; không thấy"
    assert entry.kind == "quiz.contest"


def test_somebody_without_a_rank_is_said_to_have_none(app, session, keyring, over):
    one, other = (
        read_in_season(session, over, find_in_season(session, keyring, over, name)[0], over.rounds[-1].results_at)
        for name in (PAO, ANH)
    )

    with app.test_request_context():
        page = season_comparison(over, one, replace(other, line=None))

    assert page.sentence.startswith("Nguyễn Thị Ánh không có thứ hạng cả cuộc thi")
    assert [each.rank for each in page.people] == ["hạng 1", "không xếp hạng"]


def test_a_draw_parts_full_equals(app, session, keyring, over):
    over.rules = over.rules | {"season": over.rules["season"] | {"ties": []}}
    one, other = (
        read_in_season(session, over, find_in_season(session, keyring, over, name)[0], over.rounds[-1].results_at)
        for name in (PAO, "=Lò Thị Bé")
    )
    draw = Draw(held_on=date(2026, 7, 1))
    first, second = (OwnDraw(1, 2, waits=False, draw=draw, place=place) for place in (1, 2))

    with app.test_request_context():
        page = season_comparison(over, replace(one, draw=second), replace(other, draw=first))

    assert "Bốc thăm công khai ngày 01/07/2026 quyết định: =Lò Thị Bé trước, Giàng A Páo sau." in page.sentence


@pytest.mark.both_databases
def test_a_person_is_found_by_rank_with_the_line_of_the_standings(session, season):
    [front] = read_season(session, season, season.rounds)

    for line in front:
        assert find_line(session, season, season.rounds, line.participant) == line
    assert find_at_rank(session, season, season.rounds, None, 2).id == front[1].participant_id
    assert find_at_rank(session, season, season.rounds, None, 99) is None


def test_the_season_page_leads_to_the_comparison(organiser, over):
    page = organiser.get(f"/quan-tri/cuoc-thi/{over.slug}/giai-chung-cuoc").text

    assert f"/quan-tri/cuoc-thi/{over.slug}/giai-chung-cuoc/doi-chieu" in page
