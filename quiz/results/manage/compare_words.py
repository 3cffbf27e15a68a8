"""The comparison of two entries in words: one sentence, the article of the rules, a line for each criterion."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _

from core.values.dates import day, duration
from core.values.numbers import thousands
from core.values.week import VIETNAM
from quiz.attempt.queries.paper_rows import EPOCH
from quiz.contest.labels import CRITERION, UNRANKED
from quiz.contest.labels.articles import CitedArticles, cited_articles
from quiz.contest.labels.guesses import GuessWords
from quiz.contest.labels.prizes import prize_shown
from quiz.contest.models import Round
from quiz.contest.rules.presets import Criterion, Ties
from quiz.results.labels import EXCLUSION_REASON
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
from quiz.results.queries.comparison import ComparedEntry
from quiz.results.queries.result import standing_value
from quiz.results.rules.comparison import CriterionStep, EntryComparison, compare_entries


def compared_page(round: Round, one: ComparedEntry, other: ComparedEntry, guess: GuessWords) -> ComparedPage:
    """Return the comparison of two different entries of the closed *round*; *guess* words its guesses."""
    cited = cited_articles(round.rules, is_weekly=round.contest.is_weekly)
    if one.line is None or other.line is None:
        return _unranked(round, one, other)
    if one.bloc != other.bloc:
        return _apart(round, one, other)
    found = compare_entries(standing_value(one.line), standing_value(other.line), round.declared.order)
    upper, lower = (one, other) if found.upper.entry.ref == str(one.participant.id) else (other, one)
    draw = drawn_order(upper, lower, is_tie=found.is_tie)
    if draw and place_in(upper) > place_in(lower):
        upper, lower = lower, upper
    pair = PairWords(name_of(upper), name_of(lower), EntryWords(round.asked, guess))
    return ComparedPage(
        sentence=with_draw(pair.sentence(found.steps), draw, pair, upper, lower),
        article=_article(found, cited),
        article_text=cited.ties.text if found.is_tie else cited.order.text,
        people=(_person(round, upper, found, cited), _person(round, lower, found, cited)),
        lines=(*(pair.line(step) for step in found.steps), *draw_lines(draw, upper, lower)),
    )


def name_of(entry: ComparedEntry) -> str:
    """Return the typed name, or the place of an entry whose person was not named."""
    if entry.name:
        return entry.name
    if entry.line is None:
        return str(_("Bài không xếp hạng"))
    return str(_("Bài hạng %(rank)s", rank=thousands(entry.line.rank)))


def _unranked(round: Round, one: ComparedEntry, other: ComparedEntry) -> ComparedPage:
    """Return the page of two entries of which at least one has no rank: no criterion is reached."""
    without = [each for each in (one, other) if each.line is None]
    said = [
        str(_("%(who)s không được xếp hạng, vì %(why)s", who=name_of(each), why=_why(round, each))) for each in without
    ]
    return ComparedPage(listed_reasons(said), "", "", (_bare(one), _bare(other)), ())


def _apart(round: Round, one: ComparedEntry, other: ComparedEntry) -> ComparedPage:
    """Return the page of two entries of different blocs, which no criterion compares."""
    sentence = apart_sentence(round.contest, (name_of(one), one.bloc), (name_of(other), other.bloc))
    return ComparedPage(sentence, "", "", (_bare(one), _bare(other)), ())


def _why(round: Round, entry: ComparedEntry) -> str:
    if entry.exclusion is not None:
        ground = _(EXCLUSION_REASON[entry.exclusion.ground])
        version = entry.exclusion.since_version
        return str(_("bài không được công nhận từ bản kết quả %(version)s: %(ground)s", version=version, ground=ground))
    reason = UNRANKED.get(round.declared.eligibility)
    return str(_(reason)) if reason else str(_("bài chưa có trong bản kết quả mới nhất"))


def _bare(entry: ComparedEntry) -> ComparedPerson:
    rank = _("hạng %(rank)s", rank=thousands(entry.line.rank)) if entry.line else _("không xếp hạng")
    return ComparedPerson(name_of(entry), entry.unit, str(rank), _prize(entry), ())


def _article(found: EntryComparison, cited: CitedArticles) -> str:
    step = found.decisive
    if step is None:
        return str(_("Điều %(n)s của thể lệ", n=cited.ties.number))
    return str(_("Điều %(n)s của thể lệ, tiêu chí thứ %(place)s", n=cited.order.number, place=step.place))


def _person(round: Round, entry: ComparedEntry, found: EntryComparison, cited: CitedArticles) -> ComparedPerson:
    bare, notes = _bare(entry), []
    if entry.from_sheet:
        notes.append(_("Bài nhập từ bảng tính."))
    if entry.winner is None and entry.barred:
        notes.append(_("Không nhận giải tuần này, vì đã có giải ở đợt trước (theo thể lệ)."))
    if cited.all_right and entry.line and entry.line.correct < round.asked:
        notes.append(_("Không nhận giải, vì chưa đúng tất cả các câu (Điều %(n)s).", n=cited.all_right.number))
    if found.is_tie and round.declared.ties is Ties.SHARE and round.declared.most_sharing is not None:
        notes.append(_("Đông hơn số người được chung một giải thì ai nộp sớm hơn được giải trước."))
    return ComparedPerson(bare.name, bare.unit, bare.rank, bare.prize, tuple(map(str, notes)))


def _prize(entry: ComparedEntry) -> str:
    seat = entry.winner
    if seat is None:
        return str(_("không có giải"))
    if seat.needs_draw:
        return str(_("chờ bốc thăm công khai"))
    if seat.state == "passed":
        return str(_("không liên lạc được, giải chuyển cho người kế tiếp"))
    contest, bloc = seat.participant.contest, seat.participant.bloc
    prize = prize_shown(seat.tier, contest, contest.bloc_name(bloc))
    if seat.state == "pending":
        return str(_("%(tier)s, chờ gọi xác nhận", tier=prize))
    return prize


@dataclass(frozen=True)
class EntryWords:
    """The words of the criteria of a round that asked *size* questions."""

    size: int
    guess: GuessWords

    def name(self, step: CriterionStep) -> str:
        """Return the criterion."""
        return str(_(CRITERION[Criterion(step.criterion)]))

    def did(self, step: CriterionStep, value: int) -> str:
        """Return what a person did."""
        said: dict[Criterion, Callable[[str], str]] = {
            Criterion.CORRECT: lambda words: _("đúng %(n)s câu", n=words),
            Criterion.DURATION: lambda words: _("làm trong %(time)s", time=words),
            Criterion.GUESS: lambda words: _("đoán %(off)s", off=words),
            Criterion.SUBMITTED: lambda words: _("nộp lúc %(moment)s", moment=words),
        }
        return str(said[Criterion(step.criterion)](self.value(step, value)))

    def value(self, step: CriterionStep, value: int | None) -> str:
        """Return a value in a table."""
        if value is None:
            return str(_("không có"))
        if step.criterion is Criterion.CORRECT:
            return f"{value}/{self.size}"
        if step.criterion is Criterion.GUESS:
            return str(_("lệch %(distance)s", distance=self.guess.distance(value)))
        return _moment(value) if step.criterion is Criterion.SUBMITTED else self.amount(step, value)

    def amount(self, step: CriterionStep, amount: int) -> str:
        """Return how far two are apart."""
        if step.criterion is Criterion.CORRECT:
            return str(_("%(n)s câu", n=amount))
        return self.guess.distance(amount) if step.criterion is Criterion.GUESS else _exact(amount)


def _exact(milliseconds: int) -> str:
    """Return a duration to the millisecond where it is not whole seconds."""
    seconds, rest = divmod(milliseconds, 1000)
    if not rest:
        return duration(milliseconds)
    if not seconds:
        return str(_("%(ms)s phần nghìn giây", ms=rest))
    return str(_("%(time)s %(ms)s phần nghìn", time=duration(milliseconds), ms=rest))


def _moment(milliseconds: int) -> str:
    """Return a local moment to the second, or to the millisecond where it is not a whole one."""
    local = (EPOCH + timedelta(milliseconds=milliseconds)).astimezone(VIETNAM)
    part = f",{local.microsecond // 1000:03}" if milliseconds % 1000 else ""
    return str(_("%(time)s ngày %(day)s", time=f"{local:%H:%M:%S}{part}", day=day(local)))
