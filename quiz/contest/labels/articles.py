"""The articles of a contest's published rules: their number on its page, and what decides by them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from quiz.contest.labels.published import Published, published_sentences
from quiz.contest.labels.season import season_sentence
from quiz.contest.labels.season_prizes import season_tie_sentence
from quiz.contest.labels.sentences import ALL_RIGHT, order_sentence, rule_sentences, tie_sentence
from quiz.contest.rules.presets import Rules


class Article(NamedTuple):
    """A sentence of the published rules with its number, counted from 1."""

    number: int
    text: str


class CitedArticles(NamedTuple):
    """The articles that a decision about a prize cites; None for one that the contest does not have."""

    order: Article
    ties: Article
    all_right: Article | None


def cited_articles(stored: Mapping[str, Any], *, is_weekly: bool) -> CitedArticles:
    """Return the articles by which papers are ordered, ties are settled and prizes are limited."""
    rules, sentences = Rules.from_dict(stored), rule_sentences(stored, is_weekly=is_weekly)

    def article(text: str) -> Article:
        return Article(sentences.index(text) + 1, text)

    all_right = article(ALL_RIGHT) if rules.all_right_only else None
    return CitedArticles(article(order_sentence(rules)), article(tie_sentence(rules)), all_right)


class CitedSeason(NamedTuple):
    """The articles about a whole contest: how its rounds add up; and ties of its prizes, None where it has none."""

    order: Article
    ties: Article | None


def cited_season(contest: Published) -> CitedSeason:
    """Return the articles by which people are ordered over *contest*, and share or draw for its prizes."""
    rules, sentences = Rules.from_dict(contest.rules), published_sentences(contest)

    def article(text: str) -> Article:
        return Article(sentences.index(text) + 1, text)

    ties = article(season_tie_sentence(rules)) if contest.season_tiers else None
    return CitedSeason(article(season_sentence(rules.season, is_weekly=contest.is_weekly)), ties)
