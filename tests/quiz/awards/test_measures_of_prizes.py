"""Prizes of units by several measures: each list is ranked apart, decided, shown and written with its own measure."""

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from account.operations.audit import SYSTEM
from quiz.awards.operations.collective import check_decidable, decide_collective
from quiz.awards.queries.collective import draft_collective
from quiz.contest.models import PrizeTier
from quiz.contest.rules.presets import Counts
from quiz.contest.rules.schedule import SETTLING
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms
from quiz.results.operations import closing
from tests.factories import make_attempt, make_contest, make_participant, make_unit
from tests.support.staff import desk_in

PAPERS = {"xã An": [[0, 0, 0, 0, 1]], "xã Bình": [[0], [1], [0]], "xã Chi": [[3], [3]]}
"""The right answers of each paper, by unit and person: most turns in An, most people in Bình, most right in Chi."""


@pytest.fixture
def week(session, keyring):
    units = {name: make_unit(session, name=name) for name in PAPERS}
    own = {"tries": None, "counts": Counts.BEST}
    contest = make_contest(session, unit=units["xã An"], units=list(units.values()), weeks=1, **own)
    contest.terms = PrizeTerms(measure=CollectiveMeasure.TURNS).to_dict()
    contest.collective_tiers = [
        PrizeTier(position=at, name=name, quantity=1, amount=3_000_000, is_collective=True, measure=measure)
        for at, (name, measure) in enumerate(
            [("Giải Nhất về số lượt", None), ("Giải Nhất về số người", "people"), ("Giải Nhất về câu đúng", "points")],
            7,
        )
    ]
    round = contest.rounds[0]
    for name, people in PAPERS.items():
        for at, papers in enumerate(people):
            person = make_participant(session, keyring, contest, name=f"{name} {'abc'[at]}", unit=units[name])
            for correct in papers:
                make_attempt(session, keyring, round, participant=person, correct=correct)
    closing.rank_round(session, round, now=round.closes_at + SETTLING)
    closing.mark_published(session, round, now=round.results_at)
    session.commit()
    return round


def decided(session, week):
    seen = check_decidable(session, week.contest, now=week.results_at)
    made = decide_collective(session, SYSTEM, week.contest, seen=seen, reason="", now=week.results_at)
    session.commit()
    return made


def test_each_measure_has_its_own_first_unit(session, week):
    made = decided(session, week)

    assert [(each.tier, each.unit.name, each.rank, each.figure, each.measure) for each in made.awards] == [
        ("Giải Nhất về số lượt", "xã An", 1, 5, None),
        ("Giải Nhất về số người", "xã Bình", 1, 3, "people"),
        ("Giải Nhất về câu đúng", "xã Chi", 1, 6, "points"),
    ]


def test_another_measure_of_a_prize_is_another_draft(session, week):
    before = draft_collective(session, week.contest, week.results_at).digest
    week.contest.collective_tiers[2].measure = "people"

    assert draft_collective(session, week.contest, week.results_at).digest != before


def test_every_page_and_file_says_each_prize_by_its_measure(app, client, session, week):
    decided(session, week)
    organiser, slug = desk_in(app, session, week.contest.unit), week.contest.slug
    path = f"/quan-tri/cuoc-thi/{slug}/giai-tap-the"
    public, staff = client.get(f"/thi/{slug}/giai-tap-the").text, organiser.get(path).text
    rules = client.get(f"/thi/{slug}").text
    units = {each.unit.name: each.unit_id for each in week.contest.units}
    asked = {"mot": units["xã An"], "hai": units["xã Chi"], "theo": "giai-points"}
    compared = organiser.get(f"{path}/doi-chieu", query_string=asked).text

    for figure in ("5 lượt dự thi", "3 người dự thi", "6 câu đúng"):
        assert figure in public and figure in staff
    assert public.count('width="100.0%"') == 3  # each is the best by its measure
    assert "Thứ hạng theo số người dự thi" in staff
    assert "Giải Nhất về câu đúng xếp theo tổng số câu đúng của các bài được tính." in rules
    assert "xã Chi 6 câu đúng, xã An 1 câu đúng; hơn nhau 5 câu đúng" in compared
    assert "Giải Nhất về câu đúng xếp theo tổng số câu đúng của các bài được tính." in compared
    for name in ("quyet-dinh", "bien-ban"):
        words = text_of(organiser.get(f"{path}/{name}.docx").data)
        assert all(
            each in words for each in ("số lượt dự thi", "số người dự thi", "tổng số câu đúng", "thứ hạng riêng")
        )
        assert all(each in words for each in ("5 lượt dự thi", "3 người dự thi", "6 câu đúng"))
    book = load_workbook(BytesIO(organiser.get(path.replace("giai-tap-the", "ho-so/so-lieu.xlsx")).data))
    assert [row[3] for row in book["Giải tập thể"].iter_rows(values_only=True)][-3:] == [
        "5 lượt dự thi",
        "3 người dự thi",
        "6 câu đúng",
    ]


def text_of(content):
    paper = Document(BytesIO(content))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in paper.paragraphs), *cells])
