"""The page that compares two people: one sentence, the article of the rules, a line for each criterion."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Protocol

from flask_babel import gettext as _

from quiz.contest.models import Contest
from quiz.results.manage.compare_draw import common_draw, drawn_sentence, place_in, place_words
from quiz.results.models import Draw
from quiz.results.queries.comparison import Compared
from quiz.results.rules.comparison import CriterionState, CriterionStep


@dataclass(frozen=True)
class ComparedLine:
    """A criterion with both values in words, better person first, and what it says of them."""

    label: str
    upper: str
    lower: str
    state: str


@dataclass(frozen=True)
class ComparedPerson:
    """A person of the comparison: name or place, unit, rank in words, and what is said about their prize."""

    name: str
    unit: str
    rank: str
    prize: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ComparedPage:
    """The text of the page: the sentence, the article it rests on, the people and the criteria."""

    sentence: str
    article: str
    article_text: str
    people: tuple[ComparedPerson, ComparedPerson]
    lines: tuple[ComparedLine, ...]


class CriterionWords(Protocol):
    """The words of the criteria of a comparison."""

    def name(self, step: CriterionStep) -> str:
        """Return the criterion: "thời gian làm bài"."""

    def did(self, step: CriterionStep, value: int) -> str:
        """Return what a person did: "làm trong 3 phút"."""

    def value(self, step: CriterionStep, value: int | None) -> str:
        """Return a value in a table."""

    def amount(self, step: CriterionStep, amount: int) -> str:
        """Return how far two are apart."""


@dataclass(frozen=True)
class PairWords:
    """The words of a comparison of two ranked people, the better one first."""

    upper: str
    lower: str
    words: CriterionWords

    def sentence(self, steps: Sequence[CriterionStep]) -> str:
        """Return what both have in common and what decides, as one sentence."""
        step = next((each for each in steps if each.state is CriterionState.DECIDES), None)
        equal = [self._equal(each) for each in steps if step is None or each.place < step.place]
        common = reduce(_comma, equal) if equal else ""
        if step is None:
            return str(_("Hai người %(common)s: bằng nhau ở mọi tiêu chí, nên cùng hạng.", common=common))
        decides = self._decides(step)
        if not common:
            return str(_("%(decides)s.", decides=decides))
        return str(_("Hai người %(common)s; %(decides)s.", common=common, decides=decides))

    def line(self, step: CriterionStep) -> ComparedLine:
        """Return one criterion as a row."""
        label = self.words.name(step)
        upper, lower = self.words.value(step, step.upper), self.words.value(step, step.lower)
        return ComparedLine(f"{label[:1].upper()}{label[1:]}", upper, lower, step.state.value)

    def _equal(self, step: CriterionStep) -> str:
        if step.upper is None:
            return str(_("cùng không có %(criterion)s", criterion=self.words.name(step)))
        return str(_("cùng %(value)s", value=self.words.did(step, step.upper)))

    def _decides(self, step: CriterionStep) -> str:
        given = {"upper": self.upper, "lower": self.lower, "criterion": self.words.name(step)}
        if step.upper is None or step.lower is None or step.amount is None:
            did = self.words.did(step, step.upper or 0)
            return str(_("%(upper)s %(did)s, %(lower)s không có %(criterion)s để so", did=did, **given))
        given |= {"first": self.words.did(step, step.upper), "second": self.words.did(step, step.lower)}
        return str(
            _(
                "%(upper)s %(first)s, %(lower)s %(second)s: hơn nhau ở %(criterion)s, %(amount)s",
                amount=self.words.amount(step, step.amount),
                **given,
            )
        )


def drawn_order(upper: Compared, lower: Compared, *, is_tie: bool) -> Draw | None:
    """Return the public draw that both of a tie were in; None without one."""
    return common_draw(upper, lower) if is_tie else None


def with_draw(sentence: str, draw: Draw | None, pair: PairWords, upper: Compared, lower: Compared) -> str:
    """Return *sentence*, with the draw after it where one was held and drew one of the two."""
    if draw is None or place_in(upper) == place_in(lower):
        return sentence
    return drawn_sentence(sentence, draw, pair.upper, pair.lower)


def draw_lines(draw: Draw | None, upper: Compared, lower: Compared) -> list[ComparedLine]:
    """Return the draw as the last line of the criteria; nothing without one."""
    if draw is None:
        return []
    state = CriterionState.EQUAL if place_in(upper) == place_in(lower) else CriterionState.DECIDES
    return [ComparedLine(str(_("Bốc thăm công khai")), place_words(upper), place_words(lower), state.value)]


def apart_sentence(contest: Contest, one: tuple[str, int | None], other: tuple[str, int | None]) -> str:
    """Return that two people, each with their bloc, are ranked apart: no criterion compares them."""
    return str(
        _(
            "%(one)s thuộc đối tượng “%(bloc)s”, %(other)s thuộc đối tượng “%(other_bloc)s”: mỗi đối tượng xếp hạng "
            "riêng.",
            one=one[0],
            other=other[0],
            bloc=contest.bloc_name(one[1]),
            other_bloc=contest.bloc_name(other[1]),
        )
    )


def listed_reasons(said: Sequence[str]) -> str:
    """Return why people have no rank, as one sentence."""
    return str(_("%(said)s.", said=reduce(_and, said)))


def _and(before: str, after: str) -> str:
    return str(_("%(before)s; %(after)s", before=before, after=after))


def _comma(before: str, after: str) -> str:
    return str(_("%(before)s, %(after)s", before=before, after=after))
