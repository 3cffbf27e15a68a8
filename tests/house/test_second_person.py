"""One rule says whether a sensitive action in a contest needs a second person."""

from pathlib import Path

import pytest

from quiz.contest import manage
from quiz.contest.models import Contest

QUIZ = Path(__file__).parents[2] / "quiz"
RULE = QUIZ / "contest/manage/__init__.py"


@pytest.mark.parametrize(
    ("setting", "trial_of", "practises", "asks"),
    [
        (True, None, False, True),
        (True, 7, False, False),
        (True, 7, True, True),
        (False, None, False, False),
        (False, 7, True, False),
    ],
)
def test_a_trial_needs_a_second_person_to_practise_and_a_contest_as_the_setting_says(
    monkeypatch, setting, trial_of, practises, asks
):
    monkeypatch.setattr(manage, "needs_second", lambda: setting)

    assert manage.asks_second(Contest(trial_of_id=trial_of, trial_asks=practises)) is asks


def test_every_page_of_a_contest_asks_that_rule():
    others = [path for path in QUIZ.rglob("*.py") if path != RULE and "needs_second()" in path.read_text("utf-8")]

    assert others == []


@pytest.mark.parametrize(
    "page",
    [
        "attempt/manage/amending",
        "attempt/manage/amending_headcounts",
        "attempt/manage/import_approval",
        "attempt/manage/joining",
        "attempt/manage/key_sheet",
        "awards/manage/collective",
        "contest/manage/roster",
        "outreach/manage/announcements",
        "persons/manage/deletion",
        "persons/manage/renewal",
        "results/manage/draw_page",
        "results/manage/publishing",
    ],
)
def test_pages_that_request_an_approval_know_trials(page):
    assert "asks_second(" in (QUIZ / f"{page}.py").read_text("utf-8")
