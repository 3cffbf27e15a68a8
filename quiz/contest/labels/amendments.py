"""An amendment of the rules in words: which sentences of the rules go, and which come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol, TypeVar

from core.translation import gettext
from core.values.text import N_
from quiz.contest.labels.rule_choices import BINDS
from quiz.contest.labels.sentences import rule_sentences
from quiz.contest.rules.presets import Rules

_BINDS = N_("Khi mỗi đợt thi được nhiều lượt: %(guess)s.")


class Amended(Protocol):
    """An amendment with the rules before and after it, as stored."""

    before: Any
    after: Any


A = TypeVar("A", bound=Amended)


class RuleChange(NamedTuple):
    """The sentences of the rules that no longer hold, and the new ones."""

    gone: list[str]
    come: list[str]


def rule_change(before: Mapping[str, Any], after: Mapping[str, Any], *, is_weekly: bool = True) -> RuleChange:
    """Return the difference between two rules as stored."""
    was, now = (_sentences(each, is_weekly=is_weekly) for each in (before, after))
    return RuleChange([each for each in was if each not in now], [each for each in now if each not in was])


def amendment_changes(amendments: Iterable[A], *, is_weekly: bool) -> list[tuple[A, RuleChange]]:
    """Return each of *amendments* with its difference."""
    return [(each, rule_change(each.before, each.after, is_weekly=is_weekly)) for each in amendments]


def _sentences(stored: Mapping[str, Any], *, is_weekly: bool) -> list[str]:
    binds = gettext(BINDS[Rules.from_dict(stored).guess_binds])
    return [*map(gettext, rule_sentences(stored, is_weekly=is_weekly)), gettext(_BINDS, guess=binds)]
