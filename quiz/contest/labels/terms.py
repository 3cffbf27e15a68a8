"""Vietnamese words of the terms of prizes."""

from core.translation import gettext
from core.values.text import N_
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms

MEASURE: dict[str, str] = {
    CollectiveMeasure.TURNS: N_("số lượt dự thi"),
    CollectiveMeasure.CAPPED: N_("số lượt dự thi, mỗi người tính đến một mức"),
    CollectiveMeasure.PEOPLE: N_("số người dự thi"),
    CollectiveMeasure.RATE: N_("số người dự thi trên số dân"),
    CollectiveMeasure.WINNERS: N_("số giải cá nhân đã xác nhận"),
    CollectiveMeasure.POINTS: N_("tổng số câu đúng của các bài được tính"),
}


def term_sentences(terms: PrizeTerms, *, is_weekly: bool) -> list[str]:
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
    if terms.measure is not None:
        said.append(measure_sentence(terms.measure, terms.cap, is_weekly=is_weekly))
    return said


def measure_sentence(measure: CollectiveMeasure, cap: int | None, *, is_weekly: bool) -> str:
    """Return by what units are ordered for their prizes, as a sentence of the rules."""
    if measure is CollectiveMeasure.CAPPED:
        weekly = N_("Giải tập thể xếp theo số lượt dự thi, mỗi người tính nhiều nhất %(cap)s lượt một tuần.")
        by_round = N_("Giải tập thể xếp theo số lượt dự thi, mỗi người tính nhiều nhất %(cap)s lượt một đợt.")
        return gettext(weekly if is_weekly else by_round, cap=cap)
    return gettext("Giải tập thể xếp theo %(measure)s.", measure=gettext(MEASURE[measure]))
