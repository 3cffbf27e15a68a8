"""Vietnamese words of the terms of prizes."""

from collections.abc import Sequence

from core.translation import gettext
from core.values.text import N_
from quiz.contest.rules.measures import by_measure
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms

MEASURE: dict[str, str] = {
    CollectiveMeasure.TURNS: N_("số lượt dự thi"),
    CollectiveMeasure.CAPPED: N_("số lượt dự thi, mỗi người tính đến một mức"),
    CollectiveMeasure.PEOPLE: N_("số người dự thi"),
    CollectiveMeasure.RATE: N_("số người dự thi trên số dân"),
    CollectiveMeasure.WINNERS: N_("số giải cá nhân đã xác nhận"),
    CollectiveMeasure.POINTS: N_("tổng số câu đúng của các bài được tính"),
}


def term_sentences(terms: PrizeTerms, collective: Sequence[Tier] = (), *, is_weekly: bool) -> list[str]:
    """Return what a contest declares of objections, claims and prizes of units, as sentences of its rules."""
    said = []
    if terms.objection_days is not None:
        said.append(
            gettext(
                "Ai thấy kết quả của mình chưa đúng thì được khiếu nại trong %(days)s ngày sau ngày công bố; Ban Tổ "
                "chức trả lời từng khiếu nại rồi mới chốt kết quả chính thức.",
                days=terms.objection_days,
            )
        )
    if terms.claim_days is not None:
        said.append(
            gettext("Người đạt giải đến nhận giải trong %(days)s ngày sau ngày công bố.", days=terms.claim_days)
        )
    return [*said, *collective_sentences(terms, collective, is_weekly=is_weekly)]


def collective_sentences(terms: PrizeTerms, collective: Sequence[Tier], *, is_weekly: bool) -> list[str]:
    """Return by what units are ordered for their prizes: a sentence for each measure, and that each counts apart."""
    lists = by_measure(collective, terms.measure)
    if len(lists) < 2:
        only = next(iter(lists), terms.measure)
        return [measure_sentence(only, terms.cap, is_weekly=is_weekly)] if only else []
    said = [prizes_sentence(tiers, measure, terms.cap, is_weekly=is_weekly) for measure, tiers in lists.items()]
    return [*said, gettext("Mỗi cách xếp có thứ hạng riêng: một đơn vị có thể nhận giải ở nhiều cách xếp.")]


def prizes_sentence(tiers: Sequence[Tier], measure: CollectiveMeasure, cap: int | None, *, is_weekly: bool) -> str:
    """Return by what units are ordered for *tiers*, where other prizes go by another measure."""
    names = ", ".join(tier.name for tier in tiers)
    if measure is CollectiveMeasure.CAPPED:
        weekly = N_("%(prizes)s xếp theo số lượt dự thi, mỗi người tính nhiều nhất %(cap)s lượt một tuần.")
        by_round = N_("%(prizes)s xếp theo số lượt dự thi, mỗi người tính nhiều nhất %(cap)s lượt một đợt.")
        return gettext(weekly if is_weekly else by_round, prizes=names, cap=cap)
    return gettext("%(prizes)s xếp theo %(measure)s.", prizes=names, measure=gettext(MEASURE[measure]))


def measure_sentence(measure: CollectiveMeasure, cap: int | None, *, is_weekly: bool) -> str:
    """Return by what units are ordered for their prizes, as a sentence of the rules."""
    if measure is CollectiveMeasure.CAPPED:
        weekly = N_("Giải tập thể xếp theo số lượt dự thi, mỗi người tính nhiều nhất %(cap)s lượt một tuần.")
        by_round = N_("Giải tập thể xếp theo số lượt dự thi, mỗi người tính nhiều nhất %(cap)s lượt một đợt.")
        return gettext(weekly if is_weekly else by_round, cap=cap)
    return gettext("Giải tập thể xếp theo %(measure)s.", measure=gettext(MEASURE[measure]))
