"""The comparison of two people over a whole contest in words."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _

from core.values.dates import duration
from core.values.numbers import thousands
from core.values.text import N_
from quiz.awards.queries.season_comparison import ComparedSeason
from quiz.awards.rules.season_comparison import compare_totals
from quiz.contest.labels.articles import Article, cited_season
from quiz.contest.models import Contest
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.season import SeasonMeasure, SeasonTie, SeasonTotal
from quiz.results.manage.compare_draw import place_in
from quiz.results.manage.compared_page import (
    ComparedPage,
    ComparedPerson,
    PairWords,
    apart_sentence,
    draw_lines,
    drawn_order,
    listed_reasons,
    with_draw,
)
from quiz.results.rules.comparison import CriterionStep, RankComparison

_SUM = {
    SeasonMeasure.CORRECT: N_("tổng số câu đúng được tính"),
    SeasonMeasure.POINTS: N_("tổng số điểm"),
}
_TIE = {
    SeasonTie.DURATION: N_("tổng thời gian làm bài"),
    SeasonTie.CORRECT: N_("tổng số câu đúng"),
    SeasonTie.FIRSTS: N_("số lần được hạng nhất"),
    SeasonTie.ROUNDS: N_("số lần dự thi"),
}


def season_comparison(contest: Contest, one: ComparedSeason, other: ComparedSeason) -> ComparedPage:
    """Return the comparison of two different people over the closed rounds of *contest*."""
    if one.line is None or other.line is None:
        without = [each for each in (one, other) if each.line is None]
        words = N_("%(who)s không có thứ hạng cả cuộc thi, vì không đợt nào xếp hạng bài của người này")
        said = [str(_(words, who=name_of(each))) for each in without]
        return ComparedPage(listed_reasons(said), "", "", (_person(one), _person(other)), ())
    if one.bloc != other.bloc:
        sentence = apart_sentence(contest, (name_of(one), one.bloc), (name_of(other), other.bloc))
        return ComparedPage(sentence, "", "", (_person(one), _person(other)), ())
    found = compare_totals(one.line.total, other.line.total, Rules.from_dict(contest.rules).season)
    upper, lower = (one, other) if found.upper is one.line.total else (other, one)
    return _ranked(contest, found, upper, lower)


def _ranked(
    contest: Contest, found: RankComparison[SeasonTotal], upper: ComparedSeason, lower: ComparedSeason
) -> ComparedPage:
    draw = drawn_order(upper, lower, is_tie=found.is_tie)
    if draw and place_in(upper) > place_in(lower):
        upper, lower = lower, upper
    pair, cited = PairWords(name_of(upper), name_of(lower), SeasonWords()), _cited(contest, found)
    return ComparedPage(
        sentence=with_draw(pair.sentence(found.steps), draw, pair, upper, lower),
        article=str(_("Điều %(n)s của thể lệ", n=cited.number)),
        article_text=cited.text,
        people=(_person(upper), _person(lower)),
        lines=(*(pair.line(step) for step in found.steps), *draw_lines(draw, upper, lower)),
    )


def _cited(contest: Contest, found: RankComparison[SeasonTotal]) -> Article:
    """Return the article of the season, or that of its ties where nothing decides and prizes go by it."""
    cited = cited_season(contest)
    return cited.ties if found.is_tie and cited.ties else cited.order


def name_of(person: ComparedSeason) -> str:
    """Return the typed name, or the rank of one who was not named."""
    if person.name:
        return person.name
    if person.rank is None:
        return str(_("Người không xếp hạng"))
    return str(_("Người hạng %(rank)s", rank=thousands(person.rank)))


def _person(person: ComparedSeason) -> ComparedPerson:
    rank = _("hạng %(rank)s", rank=thousands(person.rank)) if person.rank else _("không xếp hạng")
    barred = [str(_("Đã nhận đủ số giải theo thể lệ nên không nhận giải chung cuộc."))] if person.barred else []
    return ComparedPerson(name_of(person), person.unit, str(rank), _prize(person), tuple(barred))


def _prize(person: ComparedSeason) -> str:
    seat = person.seat
    if seat is None:
        return str(_("không có giải"))
    if seat.needs_draw:
        return str(_("chờ bốc thăm công khai"))
    if seat.state == "passed":
        return str(_("bỏ qua, giải chuyển cho người kế tiếp"))
    if seat.state == "pending":
        return str(_("%(tier)s, chờ gọi xác nhận", tier=seat.prize))
    return seat.prize


@dataclass(frozen=True)
class SeasonWords:
    """The words of the sums of a whole contest."""

    def name(self, step: CriterionStep) -> str:
        """Return the sum."""
        own = step.criterion
        return str(_(_SUM[own] if isinstance(own, SeasonMeasure) else _TIE[SeasonTie(own)]))

    def did(self, step: CriterionStep, value: int) -> str:
        """Return what a person reached."""
        said: dict[SeasonTie, Callable[[str], str]] = {
            SeasonTie.DURATION: lambda words: _("làm các bài trong %(time)s", time=words),
            SeasonTie.CORRECT: lambda words: _("có %(sum)s", sum=words),
            SeasonTie.FIRSTS: lambda words: _("được hạng nhất %(times)s", times=words),
            SeasonTie.ROUNDS: lambda words: _("dự thi %(times)s", times=words),
        }
        words = self.amount(step, value)
        if isinstance(step.criterion, SeasonMeasure):
            return str(_("có %(sum)s", sum=words))
        return str(said[SeasonTie(step.criterion)](words))

    def value(self, step: CriterionStep, value: int | None) -> str:
        """Return a sum in a table."""
        return str(_("không có")) if value is None else self.amount(step, value)

    def amount(self, step: CriterionStep, amount: int) -> str:
        """Return a sum, or how far two are apart."""
        own = step.criterion
        if own is SeasonMeasure.POINTS:
            return str(_("%(n)s điểm", n=thousands(amount)))
        if own is SeasonMeasure.CORRECT or own is SeasonTie.CORRECT:
            return str(_("%(n)s câu đúng", n=thousands(amount)))
        return duration(amount) if own is SeasonTie.DURATION else str(_("%(n)s lần", n=thousands(amount)))
