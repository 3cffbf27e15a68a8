"""The comparison of two entries in words: one sentence, the article of the rules, a line for each criterion."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import reduce

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
from quiz.results.manage.compare_draw import common_draw, drawn_sentence, place_in, place_words
from quiz.results.models import Draw
from quiz.results.queries.comparison import ComparedEntry
from quiz.results.queries.result import standing_value
from quiz.results.rules.comparison import CriterionState, CriterionStep, EntryComparison, compare_entries


@dataclass(frozen=True)
class ComparedLine:
    """A criterion with both values in words, better entry first, and what it says of them."""

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


def compared_page(round: Round, one: ComparedEntry, other: ComparedEntry, guess: GuessWords) -> ComparedPage:
    """Return the comparison of two different entries of the closed *round*; *guess* words its guesses."""
    cited = cited_articles(round.rules, is_weekly=round.contest.is_weekly)
    if one.line is None or other.line is None:
        return _unranked(round, one, other)
    if one.bloc != other.bloc:
        return _apart(round, one, other)
    found = compare_entries(standing_value(one.line), standing_value(other.line), round.declared.order)
    upper, lower = (one, other) if found.upper.entry.ref == str(one.participant.id) else (other, one)
    draw = common_draw(upper, lower) if found.is_tie else None
    if draw and place_in(upper) > place_in(lower):
        upper, lower = lower, upper
    said = ComparisonWords(round.asked, upper, lower, guess)
    return ComparedPage(
        sentence=_with_draw(said.sentence(found), draw, upper, lower),
        article=_article(found, cited),
        article_text=cited.ties.text if found.is_tie else cited.order.text,
        people=(_person(round, upper, found, cited), _person(round, lower, found, cited)),
        lines=(*(said.line(step) for step in found.steps), *_draw_lines(draw, upper, lower)),
    )


def _with_draw(sentence: str, draw: Draw | None, upper: ComparedEntry, lower: ComparedEntry) -> str:
    """Return *sentence*, with the draw after it where one was held and drew one of the two."""
    if draw is None or place_in(upper) == place_in(lower):
        return sentence
    return drawn_sentence(sentence, draw, name_of(upper), name_of(lower))


def _draw_lines(draw: Draw | None, upper: ComparedEntry, lower: ComparedEntry) -> list[ComparedLine]:
    """Return the draw as the last line of the criteria; nothing without one."""
    if draw is None:
        return []
    state = CriterionState.EQUAL if place_in(upper) == place_in(lower) else CriterionState.DECIDES
    return [ComparedLine(str(_("Bốc thăm công khai")), place_words(upper), place_words(lower), state.value)]


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
    sentence = str(_("%(said)s.", said=reduce(_and, said)))
    return ComparedPage(sentence, "", "", (_bare(one), _bare(other)), ())


def _apart(round: Round, one: ComparedEntry, other: ComparedEntry) -> ComparedPage:
    """Return the page of two entries of different blocs, which no criterion compares."""
    sentence = _(
        "%(one)s thuộc đối tượng “%(bloc)s”, %(other)s thuộc đối tượng “%(other_bloc)s”: mỗi đối tượng xếp hạng riêng.",
        one=name_of(one),
        other=name_of(other),
        bloc=round.contest.bloc_name(one.bloc),
        other_bloc=round.contest.bloc_name(other.bloc),
    )
    return ComparedPage(str(sentence), "", "", (_bare(one), _bare(other)), ())


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


def _and(before: str, after: str) -> str:
    return str(_("%(before)s; %(after)s", before=before, after=after))


def _comma(before: str, after: str) -> str:
    return str(_("%(before)s, %(after)s", before=before, after=after))


@dataclass(frozen=True)
class ComparisonWords:
    """The words of a comparison of two ranked entries, the better one first."""

    size: int
    upper: ComparedEntry
    lower: ComparedEntry
    guess: GuessWords

    def sentence(self, found: EntryComparison) -> str:
        """Return what both have in common and what decides, as one sentence."""
        step = found.decisive
        equal = [self._equal(each) for each in found.steps if step is None or each.place < step.place]
        common = reduce(_comma, equal) if equal else ""
        if step is None:
            return str(_("Hai người %(common)s: bằng nhau ở mọi tiêu chí, nên cùng hạng.", common=common))
        decides = self._decides(step)
        if not common:
            return str(_("%(decides)s.", decides=decides))
        return str(_("Hai người %(common)s; %(decides)s.", common=common, decides=decides))

    def line(self, step: CriterionStep) -> ComparedLine:
        """Return one criterion as a row."""
        label = str(_(CRITERION[step.criterion]))
        upper, lower = self._value(step, step.upper), self._value(step, step.lower)
        return ComparedLine(f"{label[:1].upper()}{label[1:]}", upper, lower, step.state.value)

    def _equal(self, step: CriterionStep) -> str:
        if step.upper is None:
            return str(_("cùng không có %(criterion)s", criterion=_(CRITERION[step.criterion])))
        return str(_("cùng %(value)s", value=self._did(step, step.upper)))

    def _decides(self, step: CriterionStep) -> str:
        upper, lower, criterion = name_of(self.upper), name_of(self.lower), _(CRITERION[step.criterion])
        given = {"upper": upper, "lower": lower, "criterion": criterion}
        if step.upper is None or step.lower is None or step.amount is None:
            did = self._did(step, step.upper or 0)
            return str(_("%(upper)s %(did)s, %(lower)s không có %(criterion)s để so", did=did, **given))
        given |= {"first": self._did(step, step.upper), "second": self._did(step, step.lower)}
        return str(
            _(
                "%(upper)s %(first)s, %(lower)s %(second)s: hơn nhau ở %(criterion)s, %(amount)s",
                amount=self._amount(step.criterion, step.amount),
                **given,
            )
        )

    def _did(self, step: CriterionStep, value: int) -> str:
        said: dict[Criterion, Callable[[str], str]] = {
            Criterion.CORRECT: lambda words: _("đúng %(n)s câu", n=words),
            Criterion.DURATION: lambda words: _("làm trong %(time)s", time=words),
            Criterion.GUESS: lambda words: _("đoán %(off)s", off=words),
            Criterion.SUBMITTED: lambda words: _("nộp lúc %(moment)s", moment=words),
        }
        return str(said[step.criterion](self._value(step, value)))

    def _value(self, step: CriterionStep, value: int | None) -> str:
        if value is None:
            return str(_("không có"))
        if step.criterion is Criterion.CORRECT:
            return f"{value}/{self.size}"
        if step.criterion is Criterion.GUESS:
            return str(_("lệch %(distance)s", distance=self.guess.distance(value)))
        return _moment(value) if step.criterion is Criterion.SUBMITTED else self._amount(step.criterion, value)

    def _amount(self, criterion: Criterion, amount: int) -> str:
        if criterion is Criterion.CORRECT:
            return str(_("%(n)s câu", n=amount))
        return self.guess.distance(amount) if criterion is Criterion.GUESS else _exact(amount)


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
