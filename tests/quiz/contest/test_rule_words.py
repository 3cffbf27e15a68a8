"""The declared rules call a round by its own word: a week, or a round."""

from dataclasses import replace
from itertools import product

import pytest

from quiz.contest.labels import declared_sentences, eligibility_words
from quiz.contest.labels.rule_cards import rule_cards
from quiz.contest.rules.presets import PRESETS, Eligibility, GuessTarget
from quiz.contest.rules.season import SeasonMeasure, SeasonRule, SeasonTie
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms

LIMITS = {"shuffles": True, "shown": 5, "call_days": 3, "all_right_only": True, "rest_rounds": 2, "most_prizes": 2}
TERMS = PrizeTerms(objection_days=3, claim_days=30, measure=CollectiveMeasure.CAPPED, cap=3)
SEASONS = [
    SeasonRule(measure, best, points, (SeasonTie.ROUNDS,))
    for (measure, points), best in product(
        [(SeasonMeasure.CORRECT, ()), (SeasonMeasure.POINTS, (3, 2, 1))],
        [None, 3],
    )
]


@pytest.mark.parametrize(("is_weekly", "other"), [(True, "đợt"), (False, "tuần")])
@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("eligibility", Eligibility)
def test_every_article_calls_a_round_by_the_contests_own_word(preset, eligibility, is_weekly, other):
    for target, season in product(set(GuessTarget) - {GuessTarget.NONE}, SEASONS):
        rules = replace(PRESETS[preset], guess_target=target, eligibility=eligibility, season=season, **LIMITS)

        said = declared_sentences(rules.to_dict(), TERMS, is_weekly=is_weekly)

        assert not [each for each in said if other in each.lower()]


def test_a_common_start_has_no_word_for_the_round():
    rules = replace(PRESETS["lam-binh"], starts_together=True)

    said = declared_sentences(rules.to_dict(), TERMS, is_weekly=True)

    assert not [each for each in said if "đợt" in each]


@pytest.mark.parametrize("preset", PRESETS)
def test_the_rules_say_when_a_paper_sheet_counts(preset):
    said = declared_sentences(PRESETS[preset].to_dict(), TERMS, is_weekly=True)

    assert said[-1].startswith("Bài trên phiếu giấy được tính khi người có tên trên phiếu chưa đăng ký, hoặc ")


def test_a_card_says_that_only_people_with_every_answer_right_win():
    stored = replace(PRESETS["lam-binh"], all_right_only=True).to_dict()

    texts = [card.text for card in rule_cards(stored, questions=6, minutes=10)]

    assert any(text.endswith("Chỉ người trả lời đúng tất cả các câu mới được nhận giải.") for text in texts)


@pytest.mark.parametrize(("together", "words"), [(True, "vào muộn thì làm phần còn lại"), (False, "từ lúc mở đề")])
def test_a_card_says_when_the_time_begins(together, words):
    stored = replace(PRESETS["lam-binh"], starts_together=together, tries=1).to_dict()

    [clock] = [card.text for card in rule_cards(stored, questions=6, minutes=10) if card.icon == "clock"]

    assert words in clock


def test_who_registers_reads_the_same_word():
    rules = replace(PRESETS["lam-binh"], eligibility=Eligibility.SMS).to_dict()

    assert "tuần thi" in eligibility_words(rules, is_weekly=True).article
    assert "đợt thi" in eligibility_words(rules, is_weekly=False).article
