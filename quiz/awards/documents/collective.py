"""The decision on the prizes of units with its list (quyết định), and their certificates."""

from datetime import date
from typing import IO

from core.docx import DOTS, RIGHT, TableColumn
from core.pdf.blocks import PrintedLogo
from core.values.language import use
from core.values.numbers import thousands
from quiz.awards.documents.certificate import CertificateSheet, PrintedPrize, certificates_pdf
from quiz.awards.documents.parts import NUMBERED, in_cell
from quiz.awards.documents.whole_contest import AwardedList, award_decision
from quiz.awards.labels import award_words
from quiz.awards.models import CollectiveAward, CollectiveDecision
from quiz.contest.labels.terms import MEASURE
from quiz.contest.models import Contest
from quiz.contest.rules.terms import CollectiveMeasure


def collective_docx(contest: Contest, decision: CollectiveDecision, today: date) -> bytes:
    """Return the decision to award the prizes of units, numbers of other documents to be filled in."""
    with use("vi"):
        return award_decision(
            contest,
            AwardedList(
                kind="giải tập thể",
                receivers="các đơn vị",
                ordering=_ordered_by(decision),
                given=_given(decision),
                amount=sum_of(decision),
                title="Danh sách tập thể đạt giải",
                columns=prize_rows(decision)[0],
                rows=prize_rows(decision)[1],
                note="Số liệu không gồm bài không được công nhận.",
            ),
            today,
        )


def measure_of(measure: str, cap: int | None) -> str:
    """Return by what units are ordered, as part of a sentence."""
    if cap is not None:
        return f"số lượt dự thi, mỗi người tính nhiều nhất {cap} lượt một đợt"
    return MEASURE[measure]


def ordering_of(decision: CollectiveDecision) -> str:
    """Return by what the units of *decision* are ordered, prize by prize where there are several measures."""
    if len(decision.measures) == 1:
        return measure_of(decision.measures[0], decision.cap_of(decision.measures[0]))
    return "; ".join(
        f"{measure_of(measure, decision.cap_of(measure))} ({', '.join(_tiers_of(decision, measure))})"
        for measure in decision.measures
    )


def _tiers_of(decision: CollectiveDecision, measure: CollectiveMeasure) -> list[str]:
    return list(dict.fromkeys(each.tier for each in decision.awards if decision.measure_of(each) is measure))


def _ordered_by(decision: CollectiveDecision) -> str:
    apart = ", mỗi cách xếp có thứ hạng riêng" if len(decision.measures) > 1 else ""
    return f"giải tập thể xếp theo {ordering_of(decision)}{apart}"


def _given(decision: CollectiveDecision) -> str:
    """Return how many prizes go to how many units; only the units where each has one."""
    units, prizes = len({each.unit_id for each in decision.awards}), len(decision.awards)
    return f"giải tập thể cho {units} đơn vị" if units == prizes else f"{prizes} giải tập thể cho {units} đơn vị"


def _figure(decision: CollectiveDecision, award: CollectiveAward) -> str:
    return award_words(decision.measure_of(award), award.figure, award.headcount)


def prize_rows(decision: CollectiveDecision) -> tuple[tuple[TableColumn, ...], list[list[str]]]:
    """Return the columns and the rows of the list of units with their prizes."""
    rows = [
        [
            str(at),
            in_cell(each.unit.name),
            each.tier,
            _figure(decision, each),
            money(each.amount),
        ]
        for at, each in enumerate(decision.awards, start=1)
    ]
    columns = (
        NUMBERED,
        TableColumn("Đơn vị", 48),
        TableColumn("Giải", 38),
        TableColumn("Số liệu xét giải", 44),
        TableColumn("Tiền thưởng (đồng)", 29, RIGHT),
    )
    return columns, [*rows, ["", "Cộng", f"{len(rows)} giải", "", total(decision)]]


def money(amount: int | None) -> str:
    """Return an amount; dots to be filled in where none is declared."""
    return DOTS[:12] if amount is None else thousands(amount)


def total(decision: CollectiveDecision) -> str:
    """Return the sum of the prizes; dots unless all amounts are known."""
    return money(sum_of(decision))


def sum_of(decision: CollectiveDecision) -> int | None:
    """Return the sum of the prizes; None unless all amounts are known."""
    known = [each.amount for each in decision.awards if each.amount is not None]
    return sum(known) if known and len(known) == len(decision.awards) else None


def collective_certificates(
    contest: Contest, decision: CollectiveDecision, target: IO[bytes], *, logo: PrintedLogo | None, today: date
) -> int:
    """Write a certificate for each unit of *decision* to *target*; return how many.

    They carry no code: the decision is public, and a unit has no private name to protect.
    """
    sheet = CertificateSheet(
        title=contest.title,
        round=None,
        organiser=contest.organiser,
        day=today,
        typed_address="",
        logo=logo,
        is_illustrative=contest.is_illustrative,
    )
    with use("vi"):
        prizes = (PrintedPrize(each.unit.name, _figure(decision, each), each.tier, "", "") for each in decision.awards)
        return certificates_pdf(sheet, prizes, target)
