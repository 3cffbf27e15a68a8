"""The units that would be first by each measure, as the page of their prizes names them."""

from datetime import date

from quiz.awards.manage.collective import _lead_words
from quiz.awards.rules.collective import MeasureLead
from quiz.contest.models import ContestHeadcount
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms
from tests.quiz.awards.test_collective import organiser, page_of, week  # noqa: F401
from tests.support.pages import Page


def count_people(session, contest, people):
    """Give the first unit of the contest a headcount, and the other none."""
    count = {"people": people, "as_of": date(2026, 1, 1), "source": "Công an xã"}
    session.add(ContestHeadcount(contest_id=contest.id, unit_id=contest.unit_id, from_round=1, **count))
    session.commit()


def test_a_rate_is_not_compared_while_one_unit_has_no_headcount(session, organiser, week):  # noqa: F811
    count_people(session, week.contest, 2_400)

    text = Page(organiser.get(page_of(week)).text).text

    assert "chưa so được: mới 1 trong 2 đơn vị dự thi có số dân" in text


def test_a_list_by_rate_names_the_units_without_a_headcount(session, organiser, week):  # noqa: F811
    week.contest.terms = PrizeTerms(measure=CollectiveMeasure.RATE).to_dict()
    count_people(session, week.contest, 2_400)

    text = Page(organiser.get(page_of(week)).text).text

    assert "xã Phúc Yên chưa xếp 2 người, chưa có số dân" in text


class Named:
    def __init__(self, name):
        self.name = name


class Draft:
    units = {ref: Named(f"xã {ref}") for ref in range(1, 9)}


def test_equal_units_are_all_named_or_counted(app):
    with app.test_request_context():
        four, eight = (_lead_words(Draft(), MeasureLead(tuple(range(1, n + 1)), n, n)) for n in (4, 8))

    assert four == "xã 1, xã 2, xã 3, xã 4"
    assert eight == "xã 1, xã 2, xã 3, xã 4, xã 5 và 3 đơn vị nữa"
