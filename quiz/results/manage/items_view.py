"""View model of the questions of a closed round: what people chose, how the question measured, and its alarms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask_babel import gettext as _

from core.values.content import shown
from quiz.contest.models import Round, RoundQuestion
from quiz.results.models import RoundAnswers
from quiz.results.rules.answers import FEWEST, whole_percents
from quiz.results.rules.items import (
    Alarm,
    ChoiceCounts,
    ItemFigures,
    TopBand,
    alarms,
    item_figures,
    mark_counts,
    rival,
    top_band,
)

VERY_GOOD, ADEQUATE = 50, 30
"""The discrimination indices from which a question counts as very good, and as adequate."""


class ChoiceLine(NamedTuple):
    """A choice with the per cent of all papers, and of the best ones, that chose it; *of_best* is None without them."""

    text: str
    is_right: bool
    percent: int
    of_best: int | None
    letters: str = ""


@dataclass(frozen=True)
class ItemCard:
    """A question; without figures (few papers, a void question, an older close) it has its key alone."""

    question: RoundQuestion
    lines: Sequence[ChoiceLine]
    percent: int | None
    figures: ItemFigures | None
    warnings: Sequence[str]
    is_urgent: bool
    """Whether the key is probably wrong."""

    @property
    def index(self) -> int | None:
        """The discrimination index as a whole number."""
        return None if self.figures is None or self.figures.index is None else round(self.figures.index)

    @property
    def separates(self) -> str:
        """Return in words how well the question tells the better papers from the others, by the steps of Moodle's
        documentation; empty without an index, and where a warning says it.
        """
        if self.index is None or self.warnings:
            return ""
        if (other := self._ahead) is not None:
            return str(_("Nhiều người chọn %(other)s hơn đáp án: xin đối chiếu đáp án với căn cứ.", other=other))
        if self.index >= VERY_GOOD:
            return str(_("Câu này phân hạng rất tốt: người làm tốt các câu khác hay đúng, người làm kém hay sai."))
        if self.index >= ADEQUATE:
            return str(_("Câu này phân hạng được: người làm tốt các câu khác hay đúng câu này hơn."))
        return str(_("Câu này ít giúp phân hạng: người làm tốt và người làm kém các câu khác đúng gần như nhau."))

    @property
    def _ahead(self) -> str | None:
        """The wrong letters that more people chose than the key; None without such."""
        right = next((line.percent for line in self.lines if line.is_right), 0)
        most = max((line for line in self.lines if line.letters), key=lambda line: line.percent, default=None)
        return ", ".join(most.letters) if most and most.percent > right else None

    @property
    def efficiency(self) -> int | None:
        """The discriminative efficiency as a whole number."""
        return None if self.figures is None or self.figures.efficiency is None else round(self.figures.efficiency)


def item_cards(round: Round, answers: RoundAnswers | None) -> list[ItemCard]:
    """Return the questions of *round*, those whose key is probably wrong first."""
    kept = answers.choices if answers is not None else None
    cards = [_card(question, (kept or {}).get(question.ref, {})) for question in round.questions]
    return sorted(cards, key=lambda card: not card.is_urgent)  # stable: otherwise in the order of the round


def count_urgent(round: Round, answers: RoundAnswers | None) -> int:
    """Return how many questions of *round* have a key that is probably wrong."""
    return sum(card.is_urgent for card in item_cards(round, answers))


def _card(question: RoundQuestion, choices: ChoiceCounts) -> ItemCard:
    right = "".join(sorted(question.key))
    figures = item_figures(mark_counts(choices, right))
    if question.is_void or figures is None or figures.papers < FEWEST:
        return ItemCard(question, list(_keys(question)), None, None, (), is_urgent=False)
    band = top_band(choices, right)
    found = alarms(choices, right)
    return ItemCard(
        question=question,
        lines=list(_lines(question, choices, band, right)),
        percent=_percent(sum(choices.get(right, ())), figures.papers),
        figures=figures,
        warnings=[_warning(each, band, right) for each in found],
        is_urgent=any(each is not Alarm.TOO_EASY for each in found),
    )


def _keys(question: RoundQuestion) -> Iterator[ChoiceLine]:
    for choice in question.choices:
        if choice.letter in question.key:
            yield ChoiceLine(f"{choice.letter}. {shown(choice.words)}", True, 0, None)


def _lines(question: RoundQuestion, choices: ChoiceCounts, band: TopBand, right: str) -> Iterator[ChoiceLine]:
    """Yield every choice in its order, then several letters together, then no answer; per cents add up to 100."""
    texts = {choice.letter: f"{choice.letter}. {shown(choice.words)}" for choice in question.choices}
    letters = [*texts, *sorted(each for each in choices if len(each) > 1), *(each for each in choices if not each)]
    counts = [sum(choices.get(each, ())) for each in letters]
    best = [band.chosen.get(each, 0) for each in letters]
    percents = whole_percents(counts, sum(counts))
    of_best: Sequence[int | None] = [None] * len(letters)
    if band.papers >= FEWEST:
        of_best = whole_percents(best, band.papers)
    for each, percent, among in zip(letters, percents, of_best, strict=True):
        yield ChoiceLine(_named(each, texts), each == right, percent, among, each)


def _named(letters: str, texts: Mapping[str, str]) -> str:
    if not letters:
        return str(_("Không trả lời"))
    return texts.get(letters) or str(_("Chọn cùng lúc %(letters)s", letters=", ".join(letters)))


def _warning(alarm: Alarm, band: TopBand, right: str) -> str:
    if alarm is Alarm.CHOSEN_BY_BEST:
        other = rival(band, right) or ""
        return str(
            _(
                "Trong nhóm làm tốt các câu khác, %(n)s%% chọn %(other)s, chỉ %(m)s%% chọn đáp án %(key)s.",
                n=_percent(band.chosen.get(other, 0), band.papers),
                other=other,
                m=_percent(band.chosen.get(right, 0), band.papers),
                key=right,
            )
        )
    if alarm is Alarm.NEGATIVE:
        return str(_("Người làm tốt các câu khác lại hay sai câu này hơn người làm kém."))
    return str(_("Gần như ai cũng đúng: câu này không giúp phân hạng. Đợt sau nên chọn câu khó hơn."))


def _percent(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole) if whole else 0
