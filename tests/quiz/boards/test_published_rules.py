"""The rules that an organiser reads before the opening are those that everybody reads after it, word for word."""

import re

import pytest

from quiz.contest.rules.presets import PRESETS
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms
from tests.factories import make_contest, this_monday
from tests.support.staff import desk_in

TERMS = PrizeTerms(objection_days=3, claim_days=30, measure=CollectiveMeasure.PEOPLE)


def articles(page):
    """Return the numbered sentences of the rules on a page."""
    found = re.search(r'<ul class="(?:[a-z-]+ )*articles(?: [a-z-]+)*">(.*?)</ul>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", each).strip() for each in re.findall(r"<li>(.*?)</li>", found[1], re.DOTALL)]


@pytest.mark.parametrize("preset", PRESETS)
def test_the_check_of_a_plan_shows_the_rules_that_are_published(app, session, client, preset):
    contest = make_contest(session, preset=preset, first_day=this_monday(), all_right_only=True, rest_rounds=2)
    contest.terms, contest.youngest, contest.is_draft = TERMS.to_dict(), 15, True
    session.commit()
    organiser, staff = desk_in(app, session, contest.unit), f"/quan-tri/cuoc-thi/{contest.slug}"
    before = [articles(organiser.get(f"{staff}{page}").text) for page in ("/ke-hoach/xem-lai", "/cong-khai", "")]
    contest.is_draft = False
    session.commit()

    published = articles(client.get(f"/thi/{contest.slug}").text)

    assert before == [published] * 3
    said = " ".join(published)
    for words in ("khiếu nại trong 3 ngày", "nhận giải trong 30 ngày", "trong 10 phút", "từ 15 tuổi", "Điều 1."):
        assert words in said
