"""An amendment of the rules in words: which sentences of the rules go, and which come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, TypeVar

from core.translation import gettext
from core.values.dates import day, deadline, moment
from core.values.numbers import thousands
from core.values.text import N_
from quiz.contest.labels.prize_changes import loss_details, prize_pairs, prize_totals
from quiz.contest.labels.prizes import prize_shown
from quiz.contest.labels.rounds import round_name
from quiz.contest.labels.rule_choices import BINDS
from quiz.contest.labels.sentences import rule_sentences
from quiz.contest.rules.amendments import DateRefusal, DeclaredPlan, Loss, losses, rule_losses
from quiz.contest.rules.headcounts import HeadcountChange, UnitHeadcount
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import Span

_BINDS = N_("Khi được thi nhiều lượt: %(guess)s.")


LOSS: dict[Loss, str] = {
    Loss.OPENS_EARLIER: N_("mở sớm hơn, trong khi ai nộp sớm thì hơn"),
    Loss.OPENS_LATER: N_("mở muộn hơn"),
    Loss.CLOSES_EARLIER: N_("đóng sớm hơn"),
    Loss.RESULTS_LATER: N_("kết quả muộn hơn"),
    Loss.FEWER_PRIZES: N_("có giải ít đi"),
    Loss.LESS_MONEY: N_("có thứ hạng nhận ít tiền hơn"),
    Loss.OTHER_PRIZE: N_("có thứ hạng nhận giải khác với đã công bố"),
    Loss.OTHER_ORDER: N_("xếp hạng theo cách khác"),
    Loss.FEWER_TRIES: N_("bớt lượt thi"),
    Loss.FEWER_MAY_WIN: N_("ít người được nhận giải hơn"),
    Loss.FEWER_CALLS: N_("gọi xác nhận trong ít ngày hơn"),
    Loss.MORE_QUESTIONS: N_("nhiều câu hơn trong cùng thời gian"),
    Loss.STARTS_TOGETHER: N_("đến sau giờ mở thì ít thời gian hơn"),
    Loss.MORE_RIVALS: N_("thêm người cùng tranh các giải đã công bố"),
}
"""Something that an amendment takes from the participants."""
DATE_REFUSAL: dict[DateRefusal, str] = {
    DateRefusal.OVER: N_("Đợt này đã hết giờ, ngày giờ không đổi được nữa."),
    DateRefusal.BEGUN: N_("Đợt này đang mở: chỉ kéo dài được giờ đóng và giờ kết quả, không rút ngắn."),
    DateRefusal.SHORT_NOTICE: N_(
        "Mở sớm hơn, đóng sớm hơn, hoặc mọi người bắt đầu cùng lúc thì phải công bố trước ít nhất 24 giờ."
    ),
    DateRefusal.PAST: N_("Giờ mở đã qua. Xin chọn giờ còn ở phía trước."),
}


class Amended(Protocol):
    """An amendment with what held before and after it, as stored."""

    before: Any
    after: Any
    plan: Any
    units: Any
    widens: Any
    headcounts: Any


class NamedRounds(Protocol):
    """A contest."""

    @property
    def is_weekly(self) -> bool:
        """Whether its rounds are weeks."""

    @property
    def rounds(self) -> Sequence[Any]:
        """Its rounds, with number and name."""

    @property
    def blocs(self) -> Sequence[Any]:
        """Its blocs."""

    @property
    def prize_texts(self) -> Mapping[str, str]:
        """The names of its prizes in the present language by their Vietnamese names."""

    def bloc_name(self, position: int | None) -> str:
        """Return the name of a bloc."""


A = TypeVar("A", bound=Amended)


class RuleChange(NamedTuple):
    """The sentences of the rules that no longer hold, and the new ones."""

    gone: list[str]
    come: list[str]
    losses: Sequence[str] = ()
    """The things that become worse for the participants, in words."""
    totals: Sequence[str] = ()
    """The prizes together before and after, where they change."""
    matter: str = ""
    """The things that it changes, in a few words."""
    prizes: Sequence[str] = ()
    """Those of the sentences that are of prizes."""
    pairs: Sequence[tuple[str, str]] = ()
    """Each prize that changes: its name, then what it was and what it becomes."""

    @property
    def lost(self) -> str:
        """The losses in one line; empty without any."""
        return ", ".join(self.losses)


def rule_change(before: Mapping[str, Any], after: Mapping[str, Any], *, is_weekly: bool = True) -> RuleChange:
    """Return the difference between two rules as stored."""
    both = before, after
    was, now = (_sentences(each, is_weekly=is_weekly) for each in both)
    come = [each for each in now if each not in was]
    return RuleChange(
        [each for each in was if each not in now], come, _losses(rule_losses(*map(Rules.from_dict, both)))
    )


def plan_change(
    contest: NamedRounds, before: DeclaredPlan, after: DeclaredPlan, *, earlier_wins: bool = False
) -> RuleChange:
    """Return the difference between two plans: dates of the rounds that move, and prizes."""
    moved = before.moved(after)
    was, now = ([_dates(contest, number, plan.spans[number]) for number in moved] for plan in (before, after))
    old, new = (_prizes(contest, plan) for plan in (before, after))
    gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
    details = loss_details(contest, before, after)
    lost = _losses(losses(before, after, earlier_wins=earlier_wins), details)
    totals, pairs = prize_totals(contest, before, after), prize_pairs(contest, before, after)
    return RuleChange(was + gone, now + come, lost, totals, prizes=gone + come, pairs=pairs)


def _losses(found: Sequence[Loss], details: Mapping[Loss, str] = MappingProxyType({})) -> list[str]:
    """Return what an amendment takes from people, in words with its *details*; none where it takes nothing."""
    return [f"{gettext(LOSS[each])} ({why})" if (why := details.get(each)) else gettext(LOSS[each]) for each in found]


def whole_change(contest: NamedRounds, amendment: Amended) -> RuleChange:
    """Return the difference that an amendment of *contest* makes: of rules, dates, prizes, units and headcounts."""
    rules = rule_change(amendment.before, amendment.after, is_weekly=contest.is_weekly)
    if amendment.units:
        rules.come.append(gettext("Đơn vị dự thi: %(units)s.", units=", ".join(amendment.units)))
        rules = rules._replace(losses=_losses([Loss.MORE_RIVALS]) if amendment.widens else [])
    for change in map(HeadcountChange.from_dict, amendment.headcounts or ()):
        rules.gone.extend([headcount_words(change.name, change.before)] if change.before else [])
        rules.come.append(headcount_words(change.name, change.after))
    if not amendment.plan:
        return rules
    before, after = (DeclaredPlan.from_dict(amendment.plan[each]) for each in ("before", "after"))
    plan = plan_change(contest, before, after, earlier_wins=Rules.from_dict(amendment.before).earlier_wins)
    return RuleChange(rules.gone + plan.gone, rules.come + plan.come, [*rules.losses, *plan.losses], plan.totals)


def matter_of(amendment: Amended) -> str:
    """Return the things that *amendment* changes, in a few words."""
    plan = [DeclaredPlan.from_dict(amendment.plan[each]) for each in ("before", "after")] if amendment.plan else []
    rules = Rules.from_dict(amendment.before), Rules.from_dict(amendment.after)
    is_of = {
        N_("đổi cách thi, cách xếp hạng"): rules[0] != rules[1],
        N_("thêm đơn vị"): bool(amendment.units),
        N_("đính chính số dân"): bool(amendment.headcounts),
        N_("đổi ngày giờ"): bool(plan) and bool(plan[0].moved(plan[1])),
        N_("đổi giải"): bool(plan) and _given(plan[0]) != _given(plan[1]),
    }
    return ", ".join(gettext(words) for words, is_so in is_of.items() if is_so)


def _given(plan: DeclaredPlan) -> tuple[object, ...]:
    return plan.tiers, plan.season, plan.collective


def headcount_words(name: str, count: UnitHeadcount) -> str:
    """Return a headcount as a sentence: "Số dân của thôn Nà Tông: 412 người, ngày 01/10/2026, theo Công an xã."."""
    words = N_("Số dân của %(unit)s: %(people)s người, ngày %(day)s, theo %(source)s.")
    people, on = thousands(count.people), day(count.as_of)
    return gettext(words, unit=name, people=people, day=on, source=count.source)


def amendment_changes(amendments: Iterable[A], contest: NamedRounds) -> list[tuple[A, RuleChange]]:
    """Return each of *amendments* with its difference."""
    return [(each, whole_change(contest, each)._replace(matter=matter_of(each))) for each in amendments]


def _dates(contest: NamedRounds, number: int, span: Span) -> str:
    round = next(each for each in contest.rounds if each.number == number)
    return gettext(
        "%(round)s nhận bài từ %(opens)s đến %(closes)s, kết quả %(results)s.",
        round=round_name(round),
        opens=moment(span.opens_at),
        closes=deadline(span.closes_at),
        results=moment(span.results_at),
    )


def _prizes(contest: NamedRounds, plan: DeclaredPlan) -> list[str]:
    words = N_("Giải mỗi tuần: %(prize)s.") if contest.is_weekly else N_("Giải mỗi đợt: %(prize)s.")
    people = [gettext(words, prize=_prize(contest, tier)) for tier in plan.tiers]
    people += [gettext("Giải chung cuộc: %(prize)s.", prize=_prize(contest, tier)) for tier in plan.season]
    return people + [gettext("Giải tập thể: %(prize)s.", prize=_prize(contest, tier)) for tier in plan.collective]


def _prize(contest: NamedRounds, tier: Tier) -> str:
    """Return a prize as a plan writes it, its name and its amount in the present language."""
    name, bloc = prize_shown(tier.name, contest), contest.bloc_name(tier.bloc)
    named = f"{name} ({bloc})" if bloc else name
    if tier.amount is None:
        return f"{named}: {tier.quantity}"
    return gettext(
        "%(n)s %(prize)s: %(amount)s đồng", n=f"{tier.quantity:02}", prize=named, amount=thousands(tier.amount)
    )


def _sentences(stored: Mapping[str, Any], *, is_weekly: bool) -> list[str]:
    binds = gettext(BINDS[Rules.from_dict(stored).guess_binds])
    return [*map(gettext, rule_sentences(stored, is_weekly=is_weekly)), gettext(_BINDS, guess=binds)]
