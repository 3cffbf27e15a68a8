"""The figures of a round as rows of a sheet: answers by question, guesses, and the front of the standings."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from quiz.contest.labels.guesses import GuessWords, guess_words
from quiz.contest.models import Round, RoundQuestion
from quiz.results.models import Result, RoundAnswers, StandingRow
from quiz.results.queries.entry_codes import DerivedOrder
from quiz.results.rules.answers import question_shares, spread


def figure_rows(
    round: Round,
    result: Result,
    answers: RoundAnswers | None,
    lines: Sequence[StandingRow],
    orders: Sequence[DerivedOrder] = (),
) -> Iterator[list[object]]:
    """Yield the rows: what a figure is of, its name, its number; no person is named.

    *orders* are those of the draws that decide.
    """
    words = guess_words(round.declared, result.target_people)
    yield [_("Mục"), _("Nội dung"), _("Số")]
    yield [_("Đợt thi"), _("người dự thi"), result.people]
    yield [_("Đợt thi"), _("lượt dự thi"), result.turns]
    yield [_("Đợt thi"), _("người đúng hết"), result.perfect]
    if answers is not None:
        people = answers.people if round.declared.shown is None else None
        for question in round.questions:
            yield from _question_rows(question, answers, people)
        yield from _guess_rows(words, result, answers)
    for line in lines:
        bloc = round.contest.bloc_name(line.bloc)
        place = _("Hạng %(rank)s", rank=line.rank)
        place = f"{bloc}, {place}" if bloc else place
        time = "" if line.duration_ms is None else line.duration_ms // 1000
        yield [place, _("câu đúng"), line.correct]
        yield [place, _("giây"), time]
        if line.distance is not None:
            yield [place, _("dự đoán lệch"), words.sheet_distance(line.distance)]
    for order in orders:
        yield from _order_rows(order)


def _order_rows(order: DerivedOrder) -> Iterator[list[object]]:
    """Yield the inputs of a draw by a public number, and all codes in the order drawn."""
    yield [order.heading, _("số công khai: %(source)s", source=order.source), order.number]
    yield [order.heading, _("chuỗi để tính"), order.seeded]
    for line in order.lines:
        yield [order.heading, _("thứ %(n)s, phiếu %(ticket)s", n=line.place, ticket=line.ticket), line.code]


def _question_rows(question: RoundQuestion, answers: RoundAnswers, people: int | None) -> Iterator[list[object]]:
    """Yield the rows of a question if the page of the round shows its shares; *people* had it on their paper."""
    counts = answers.answers.get(question.ref, {})
    if question.is_void or question_shares(counts, question.key, people) is None:
        return
    name = _("Câu %(position)s", position=question.position)
    yield [name, _("đáp án"), "".join(sorted(question.key))]
    for letters, count in sorted(counts.items()):
        yield [name, _("người chọn %(letters)s", letters=letters), count]
    if people is not None:
        yield [name, _("không trả lời"), max(0, people - sum(counts.values()))]


def _guess_rows(words: GuessWords, result: Result, answers: RoundAnswers) -> Iterator[list[object]]:
    if result.target is None:
        return
    if words.is_percent:
        yield [_("Dự đoán"), _("người đúng hết, trong số bài được xếp hạng"), result.target]
        yield [_("Dự đoán"), _("bài được xếp hạng, để tính tỷ lệ"), words.people]
    else:
        yield [_("Dự đoán"), _("số đúng"), result.target]
    found = spread({int(guess): count for guess, count in answers.guesses.items()}, words.nearest(result.target))
    if found is None:
        return
    for each in found.bins:
        said = _("từ %(low)s đến %(high)s", low=words.sheet(each.start), high=words.sheet(each.start + found.width - 1))
        yield [_("Dự đoán"), said, each.count]
