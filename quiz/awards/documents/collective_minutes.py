"""The minutes of the prizes of units (biên bản), and the list on which units sign for them (danh sách ký nhận)."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from itertools import zip_longest

from core.docx import CENTRE, RIGHT, OfficeDocument, TableColumn
from core.values.dates import day as written_day
from core.values.language import use
from core.values.numbers import thousands
from core.values.week import local_date
from quiz.awards.documents.collective import measure_of, money, sum_of, total
from quiz.awards.documents.draws import drawn_in_minutes
from quiz.awards.documents.parts import MINUTES, NUMBERED, hour, in_cell, listed, office_document
from quiz.awards.documents.whole_contest import SignedList, closing_words, meeting, sign_off
from quiz.awards.labels import amount_words, figure_words, rate_places
from quiz.awards.models import CollectiveDecision
from quiz.awards.queries.collective import CollectiveDraft, list_unready
from quiz.awards.rules.collective import MeasureList, UnitAward
from quiz.contest.models import Contest
from quiz.contest.rules.presets import Rules, Ties
from quiz.contest.rules.terms import CollectiveMeasure
from quiz.results.labels import EXCLUSION_REASON

Grounds = Sequence[tuple[str, int]]
"""Papers that are not recognised, by ground."""


def collective_minutes_docx(
    contest: Contest, draft: CollectiveDraft, decision: CollectiveDecision | None, grounds: Grounds, now: datetime
) -> bytes:
    """Return the minutes of the meeting on the prizes of units by *draft*, people and place to be filled in."""
    with use("vi"):
        about = f"Xét giải tập thể cuộc thi “{contest.title}”"
        paper = office_document(contest, "Biên bản", about, MINUTES, local_date(now))
        meeting(paper, "tập thể", ("Chủ trì", "Thư ký", "Giám sát", "Đại diện đơn vị dự thi"))
        _figures(paper, contest, draft, grounds, now)
        _order(paper, contest, draft)
        _prizes(paper, draft, decision)
        closing_words(paper)
        return paper.to_bytes()


def collective_sign_off_docx(contest: Contest, decision: CollectiveDecision, today: date) -> bytes:
    """Return the list on which representatives of the units of *decision* sign for their prizes."""
    with use("vi"):
        columns = (
            NUMBERED,
            TableColumn("Đơn vị", 40),
            TableColumn("Giải", 36),
            TableColumn("Tiền thưởng (đồng)", 27, RIGHT),
            TableColumn("Người đại diện nhận (họ tên, chức vụ)", 38),
            TableColumn("Ký nhận", 25),
        )
        rows = [
            [str(at), in_cell(each.unit.name), each.tier, money(each.amount), "", ""]
            for at, each in enumerate(decision.awards, start=1)
        ]
        signed = SignedList(
            "Giải tập thể", columns, [*rows, ["", "Cộng", f"{len(rows)} giải", total(decision), "", ""]]
        )
        return sign_off(contest, signed, decision, sum_of(decision), today)


def _figures(paper: OfficeDocument, contest: Contest, draft: CollectiveDraft, grounds: Grounds, now: datetime) -> None:
    paper.heading("1. Số liệu xét giải")
    if contest.is_illustrative:
        paper.text("[Số liệu minh họa: mọi số liệu trong văn bản này là giả định.]", italic=True)
    closed, unready = sum(round.closed_at is not None for round in contest.rounds), list_unready(contest, now)
    paper.text(
        f"Đã chốt {closed} trong {len(contest.rounds)} đợt thi. Có {thousands(draft.board.people)} người dự thi với "
        f"{thousands(draft.board.turns)} lượt dự thi, trước khi bỏ bài không được công nhận."
    )
    if unready:
        numbers = listed([str(each) for each in unready])
        paper.text(f"[Đợt {numbers} chưa công bố hoặc chưa chính thức: số liệu còn có thể thay đổi.]", italic=True)
    papers = sum(count for _ground, count in grounds)
    why = "; ".join(f"{count} bài vì {EXCLUSION_REASON[ground]}" for ground, count in grounds)
    paper.text(f"Không tính {papers} bài không được công nhận: {why}." if papers else "Mọi bài đều được công nhận.")
    if any(own.measure is CollectiveMeasure.RATE for own in draft.lists) and draft.board.headcounts:
        counted = {f"{each.source}, {written_day(each.as_of)}" for each in draft.board.headcounts.values()}
        paper.text(f"Số dân: {'; '.join(sorted(counted))}.")


def _order(paper: OfficeDocument, contest: Contest, draft: CollectiveDraft) -> None:
    paper.heading("2. Cách xếp")
    by = " và theo ".join(_measure(draft, own) for own in draft.lists)
    apart = "; mỗi cách xếp có thứ hạng riêng" if len(draft.lists) > 1 else ""
    paper.text(f"Theo Thể lệ, giải tập thể xếp theo {by}{apart}; số liệu của thôn, tổ dân phố tính vào xã, phường.")
    for own in draft.lists:
        if len(draft.lists) > 1:
            paper.text(f"Theo {_measure(draft, own)}:")
        for sentence in (*_left(draft, own), *_ties(contest, draft, own), *_draws(contest, draft, own)):
            paper.text(sentence)


def _measure(draft: CollectiveDraft, own: MeasureList) -> str:
    return measure_of(own.measure, draft.terms.cap if own.measure is CollectiveMeasure.CAPPED else None)


def _left(draft: CollectiveDraft, own: MeasureList) -> list[str]:
    placed = {each.figures.ref for each in own.awards}
    missing = [each for each in draft.figures if each.people and each.ref not in placed]
    over = [each for each in missing if own.measure is CollectiveMeasure.RATE and each.is_over]
    left = [draft.units[each.ref].name for each in missing if each not in over]
    above = [
        f"Không xếp {draft.units[each.ref].name}: có {thousands(each.people)} người thi, hơn số dân "
        f"{thousands(each.headcount or 0)}."
        for each in over
    ]
    return above + ([f"Không có số liệu để xếp: {listed(left)}."] if left else [])


def _ties(contest: Contest, draft: CollectiveDraft, own: MeasureList) -> list[str]:
    """Return a sentence for each rank with a prize that several units share."""
    shared = Counter(each.rank for each in own.awards)
    concerned = {each.rank for each in own.awards if each.tier or each.needs_draw}
    draws = Rules.from_dict(contest.rules).ties is Ties.DRAW
    how = "theo thể lệ thì bốc thăm công khai" if draws else "theo thể lệ thì cùng nhận một giải"
    return [
        f"Hạng {rank}: {count} đơn vị bằng nhau ({_names(draft, own, rank)}); {how}."
        for rank, count in shared.items()
        if count > 1 and rank in concerned
    ] or ["Không có đơn vị bằng nhau trong danh sách đạt giải."]


def _draws(contest: Contest, draft: CollectiveDraft, own: MeasureList) -> list[str]:
    mine = [each for each in draft.drawn if each.measure == own.measure.value]
    names = {str(ref): unit.name for ref, unit in draft.units.items()}
    return drawn_in_minutes(mine, contest, names, "đơn vị")


def _names(draft: CollectiveDraft, own: MeasureList, rank: int) -> str:
    return listed([draft.units[each.figures.ref].name for each in own.awards if each.rank == rank])


def _prizes(paper: OfficeDocument, draft: CollectiveDraft, decision: CollectiveDecision | None) -> None:
    paper.heading("3. Xếp hạng các đơn vị và giải")
    if decision is None:
        paper.text("[Chưa có quyết định: đây là danh sách đề nghị.]", italic=True)
    elif decision.digest == draft.digest:
        paper.text(f"Như quyết định lần {decision.version} trên hệ thống, lúc {hour(decision.decided_at)}.")
    else:
        paper.text(f"[Số liệu đã thay đổi sau quyết định lần {decision.version}; cần quyết định lại.]", italic=True)
    columns = (
        TableColumn("Hạng", 14, CENTRE),
        TableColumn("Đơn vị", 46),
        TableColumn("Số liệu xét giải", 42),
        TableColumn("Hơn đơn vị liền sau", 35),
        TableColumn("Giải", 36),
    )
    for own in draft.lists:
        if len(draft.lists) > 1:
            paper.text(f"Theo {_measure(draft, own)}:")
        rows = [_row(draft, own.measure, each, below) for each, below in zip_longest(own.awards, own.awards[1:])]
        paper.columns(columns, rows)


def _row(draft: CollectiveDraft, measure: CollectiveMeasure, award: UnitAward, below: UnitAward | None) -> list[str]:
    ref = award.figures.ref
    prize = "chờ bốc thăm" if award.needs_draw else award.tier.name if award.tier else ""
    ahead = _ahead(measure, award, below) if below else "–"
    return [str(award.rank), in_cell(draft.units[ref].name), figure_words(measure, award.figures), ahead, prize]


def _ahead(measure: CollectiveMeasure, award: UnitAward, below: UnitAward) -> str:
    if award.rank == below.rank:
        return "bằng nhau"
    places = rate_places([award.value, below.value, award.value - below.value])
    return amount_words(measure, award.value - below.value, places)
