"""The articles of a contest's published rules: their number on its page, and what decides by them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

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
