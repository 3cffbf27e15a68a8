"""View model of a round's results: winners, questions as bars, the spread of the guesses, figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from core.values.content import shown
from quiz.boards.rules.round_finding import QuestionLead, question_finding
from quiz.boards.views.guess_chart import GuessChart, guess_chart
from quiz.boards.views.round_words import questions_title, round_title
from quiz.contest.models import Contest, Round, RoundQuestion
from quiz.contest.rules.presets import Criterion
from quiz.results.models import Result, RoundAnswers, StandingRow, Winner
from quiz.results.queries.result import RoundOutcome
from quiz.results.rules.answers import QuestionShares, question_shares

LABELLED = 9
"""The per cent from which a part of a bar has its letters inside."""
OPEN_QUESTIONS = 4
"""Questions that are not folded, the hardest ones."""
THREE = 3
"""So many cards below the first stand in one row, of whichever prizes."""
SHOWN = 10
"""Lines of the standings that are not folded."""


@dataclass(frozen=True)
class BarPart:
    """A part of a bar, in per cent of its length."""

    kind: str
    x: int
    width: int
    label: str = ""

    @property
    def end(self) -> int:
        """The place where it ends."""
        return self.x + self.width

    @property
    def middle(self) -> float:
        """The place of its label."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class QuestionBar:
    """A question of the round with its key, and one bar of who chose what; no parts without shares."""

    question: RoundQuestion
    right: Sequence[str]
    percent: int | None
    parts: Sequence[BarPart]
    slip: str
    others: Sequence[tuple[int | None, str]]
    """The other choices with their per cent."""
    is_hard: bool


@dataclass(frozen=True)
class StandingLine:
    """A line of the standings with its time as on a clock, 1:37; empty without one."""

    row: StandingRow
    time: str


@dataclass(frozen=True)
class PrizeCard:
    """A winner with the medal of their tier (0: without) and their line in the standings, if that is shown."""

    winner: Winner
    medal: int
    line: StandingLine | None
    is_first: bool
    width: str
    """The part of a row that the card takes on a wide page: "whole", "half" or "third"."""


@dataclass(frozen=True)
class BlocBoard:
    """The front of the standings, of one bloc where the contest has blocs, and the further lines, which are folded."""

    name: str
    front: Sequence[StandingLine]
    rest: Sequence[StandingLine]

    @property
    def reason(self) -> Criterion | None:
        """The criterion that decides most places of the front; None where they differ too much."""
        return _main_reason(self.front[1:])

    @property
    def rest_reason(self) -> Criterion | None:
        """The criterion that decides most further places."""
        return _main_reason(self.rest)


@dataclass(frozen=True)
class WinnerGroup:
    """The winners, of one bloc where the contest has blocs."""

    name: str
    cards: Sequence[PrizeCard]


@dataclass(frozen=True)
class RoundPage:
    """The findings and drawings of a round."""

    title: str
    questions_title: str
    questions: Sequence[QuestionBar]
    """The questions that were hardest, in their own order."""
    easier: Sequence[QuestionBar]
    """The others, which are folded; none of few questions."""
    winners: Sequence[WinnerGroup]
    chart: GuessChart | None
    mean: Decimal | None
    typical_ms: int | None
    answered: int
    boards: Sequence[BlocBoard]

    @property
    def prizes(self) -> int:
        """The number of winners, without those who wait for the draw or for a call."""
        return len(self._cards) - self.waiting - self.to_call

    @property
    def waiting(self) -> int:
        """The number of people equal at the last prizes, of whom a draw picks the winners."""
        return sum(card.winner.needs_draw for card in self._cards)

    @property
    def to_call(self) -> int:
        """The number of people who win if a call confirms them."""
        return sum(card.winner.awaits_call for card in self._cards)

    @property
    def _cards(self) -> list[PrizeCard]:
        return [card for group in self.winners for card in group.cards]


def round_page(
    contest: Contest, round: Round, result: Result, outcome: RoundOutcome, answers: RoundAnswers | None
) -> RoundPage:
    """Return the page of *round*'s *result* with the counted *answers*, None where they were not counted."""
    shares = [_shares(question, round, answers) for question in round.questions]
    found = question_finding(shares)
    is_hard = found.lead in (QuestionLead.SLIP, QuestionLead.HARD)
    hard = round.questions[found.index] if is_hard else None
    bars = [
        _question_bar(question, each, is_hard=question is hard)
        for question, each in zip(round.questions, shares, strict=True)
    ]
    shown, easier = _hardest_first(bars)
    return RoundPage(
        title=round_title(round, result, hard),
        questions_title=questions_title(round, found, answers),
        questions=shown,
        easier=easier,
        winners=_groups(round, outcome),
        chart=guess_chart(round, result, answers),
        mean=_mean(answers),
        typical_ms=answers.typical_ms if answers else None,
        answered=answers.people if answers else 0,
        boards=_boards(contest, outcome.standings),
    )


def _hardest_first(bars: Sequence[QuestionBar]) -> tuple[list[QuestionBar], list[QuestionBar]]:
    """Return the `OPEN_QUESTIONS` that the fewest had right, and the rest; all if they are few, or not counted."""
    counted = [bar for bar in bars if bar.percent is not None]
    if len(bars) <= OPEN_QUESTIONS + 1 or len(counted) < OPEN_QUESTIONS:
        return list(bars), []
    open_ones = sorted(counted, key=lambda bar: bar.percent or 0)[:OPEN_QUESTIONS]  # stable: the earlier one is shown
    return [bar for bar in bars if bar in open_ones], [bar for bar in bars if bar not in open_ones]


def _main_reason(lines: Sequence[StandingLine]) -> Criterion | None:
    decided = Counter(line.row.decided_by for line in lines)
    found, count = next(iter(decided.most_common(1)), (None, 0))
    return Criterion(found) if found and 2 * count >= len(lines) else None


def _line(row: StandingRow) -> StandingLine:
    minutes, seconds = divmod((row.duration_ms or 0) // 1000, 60)
    return StandingLine(row, "" if row.duration_ms is None else f"{minutes}:{seconds:02}")


def _shares(question: RoundQuestion, round: Round, answers: RoundAnswers | None) -> QuestionShares | None:
    if answers is None or question.is_void:
        return None
    people = answers.people if round.declared.shown is None else None
    return question_shares(answers.answers.get(question.ref, {}), question.key, people)


def _question_bar(question: RoundQuestion, shares: QuestionShares | None, *, is_hard: bool) -> QuestionBar:
    texts = {choice.letter: shown(choice.words) for choice in question.choices}
    percents = {each.letters: each.percent for each in shares.wrong} if shares else {}
    others = [(percents.get(letter, 0 if shares else None), f"{letter}. {text}") for letter, text in texts.items()]
    wrong = [each for each, letter in zip(others, texts, strict=True) if letter not in question.key]
    return QuestionBar(
        question=question,
        right=[f"{letter}. {texts[letter]}" for letter in sorted(question.key)],
        percent=shares.right.percent if shares else None,
        parts=_parts(shares) if shares else (),
        slip=_letters_words(shares.slip.letters, texts) if shares and shares.slip else "",
        others=wrong,
        is_hard=is_hard,
    )


def _letters_words(letters: str, texts: Mapping[str, str]) -> str:
    return "; ".join(f"{letter}. {texts.get(letter, '')}" for letter in letters)


def _parts(shares: QuestionShares) -> list[BarPart]:
    found, x = [], 0
    choices = [("right", shares.right), *(("wrong", each) for each in shares.wrong)]
    for kind, each in choices:
        label = f"{each.letters} {each.percent}" if each.percent >= LABELLED else ""
        found.append(BarPart(kind, x, each.percent, label))
        x += each.percent
    return [part for part in [*found, BarPart("blank", x, shares.blank)] if part.width]


def _boards(contest: Contest, rows: Sequence[StandingRow]) -> list[BlocBoard]:
    """Return the front of each bloc, in their order; one board where all are ranked together."""
    found = []
    for bloc, lines in groupby(rows, key=lambda row: row.bloc):
        shown = [_line(row) for row in lines]
        found.append(BlocBoard(contest.bloc_name(bloc), shown[:SHOWN], shown[SHOWN:]))
    return found or [BlocBoard("", [], [])]


def _groups(round: Round, outcome: RoundOutcome) -> list[WinnerGroup]:
    """Return the winners of each bloc, in their order; one group where all are ranked together."""
    lines = {row.participant_id: _line(row) for row in outcome.standings}
    seated = [winner for winner in outcome.winners if winner.state != "passed"]
    groups = groupby(seated, key=lambda winner: winner.participant.bloc)
    return [WinnerGroup(round.contest.bloc_name(bloc), _cards(round, bloc, list(mine), lines)) for bloc, mine in groups]


def _cards(
    round: Round, bloc: int | None, seated: Sequence[Winner], lines: Mapping[UUID, StandingLine]
) -> list[PrizeCard]:
    tiers = [tier.name for tier in round.tiers_for(bloc)]
    firsts = [winner for winner in seated if tiers and winner.tier == tiers[0]]
    first = firsts[0] if len(firsts) == 1 else None
    sizes = Counter(winner.tier for winner in seated if winner is not first)
    return [
        PrizeCard(
            winner=winner,
            medal=tiers.index(winner.tier) + 1 if winner.tier in tiers[:3] else 0,
            line=lines.get(winner.participant_id),
            is_first=winner is first,
            width=card_width(sizes[winner.tier], sizes.total()),
        )
        for winner in seated
    ]


def card_width(of_tier: int, others: int) -> str:
    """Return the part of a row that a card takes beside those of its prize, of all *others* below the first.

    >>> [card_width(*each) for each in ((2, 5), (3, 5), (2, 4), (1, 3), (4, 5), (1, 5))]
    ['half', 'third', 'half', 'third', 'half', 'whole']
    """
    cards = others if others <= THREE else of_tier
    if cards == 1:
        return "whole"
    return "half" if cards in (2, 4) else "third"


def _mean(answers: RoundAnswers | None) -> Decimal | None:
    people = sum(answers.marks.values()) if answers else 0
    if not answers or not people:
        return None
    return Decimal(sum(int(right) * count for right, count in answers.marks.items())) / people
