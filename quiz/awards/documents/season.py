"""The documents of the prizes of the whole contest: decision, minutes, sign-off list, certificates."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import IO
from uuid import UUID

from core.crypto import Keyring
from core.docx import CENTRE, RIGHT, OfficeDocument, TableColumn
from core.pdf.blocks import PrintedLogo
from core.pdf.symbol import shorter
from core.values.language import use
from core.values.week import local_date
from quiz.awards.documents.certificate import CertificateSheet, PrintedPrize, certificates_pdf
from quiz.awards.documents.collective import money
from quiz.awards.documents.draws import drawn_in_minutes
from quiz.awards.documents.parts import MINUTES, NO_NAME, NUMBERED, hour, in_cell, listed, office_document
from quiz.awards.documents.whole_contest import (
    ILLUSTRATIVE,
    AwardedList,
    SignedList,
    award_decision,
    closing_words,
    meeting,
    sign_off,
)
from quiz.awards.queries.certificate import season_code
from quiz.awards.queries.season import SeasonDraft, SeasonSeat
from quiz.contest.labels.season import season_figure, season_sentence
from quiz.contest.labels.season_prizes import season_prize_sentences
from quiz.contest.models import Contest
from quiz.contest.rules.presets import Rules
from quiz.results.models import SeasonAward, SeasonDecision

Names = Mapping[UUID, str]
"""The names that the account may read, by participant."""


def season_decision_docx(contest: Contest, decision: SeasonDecision, names: Names, today: date) -> bytes:
    """Return the decision to award the prizes of the whole contest, with the *names* that may be read."""
    with use("vi"):
        columns = (
            NUMBERED,
            TableColumn("Họ và tên", 38),
            TableColumn("Đơn vị", 32),
            TableColumn("Giải", 42),
            TableColumn("Kết quả cả cuộc thi", 26),
            TableColumn("Tiền thưởng (đồng)", 24, RIGHT),
        )
        rows = [
            [*_who(at, each, names), each.prize, figure_of(contest, each), money(each.amount)]
            for at, each in enumerate(decision.awards, start=1)
        ]
        whole = ["", "Cộng", "", f"{len(rows)} giải", "", money(sum_of(decision))]
        awarded = AwardedList(
            kind="giải chung cuộc",
            receivers="các cá nhân",
            ordering="giải chung cuộc trao theo xếp hạng cả cuộc thi",
            given=f"giải chung cuộc cho {len(rows)} cá nhân",
            amount=sum_of(decision),
            title="Danh sách cá nhân đạt giải chung cuộc",
            columns=columns,
            rows=[*rows, whole],
            note=_ordering(contest),
        )
        return award_decision(contest, awarded, today)


def season_sign_off_docx(contest: Contest, decision: SeasonDecision, names: Names, today: date) -> bytes:
    """Return the list on which the winners of the whole contest sign for their prizes."""
    with use("vi"):
        columns = (
            NUMBERED,
            TableColumn("Họ và tên", 42),
            TableColumn("Đơn vị", 34),
            TableColumn("Giải", 42),
            TableColumn("Tiền thưởng (đồng)", 27, RIGHT),
            TableColumn("Ký nhận", 27),
        )
        rows = [
            [*_who(at, each, names), each.prize, money(each.amount), ""]
            for at, each in enumerate(decision.awards, start=1)
        ]
        whole = ["", "Cộng", "", f"{len(rows)} giải", money(sum_of(decision)), ""]
        signed = SignedList("Giải chung cuộc", columns, [*rows, whole])
        return sign_off(contest, signed, decision, sum_of(decision), today)


def season_minutes_docx(
    contest: Contest, draft: SeasonDraft, decision: SeasonDecision | None, names: Names, now: datetime
) -> bytes:
    """Return the minutes of the meeting on the prizes of the whole contest, before the decision as a proposal."""
    with use("vi"):
        about = f"Xét giải chung cuộc cuộc thi “{contest.title}”"
        paper = office_document(contest, "Biên bản", about, MINUTES, local_date(now))
        meeting(paper, "chung cuộc", ("Chủ trì", "Thư ký", "Giám sát"))
        _basis(paper, contest, draft)
        _calls(paper, contest, draft, names)
        _prizes(paper, contest, draft, decision, names)
        closing_words(paper)
        return paper.to_bytes()


def _basis(paper: OfficeDocument, contest: Contest, draft: SeasonDraft) -> None:
    paper.heading("1. Cách xếp")
    if contest.is_illustrative:
        paper.text(ILLUSTRATIVE, italic=True)
    rules, tiers = Rules.from_dict(contest.rules), [tier.value for tier in contest.season_tiers]
    paper.text(_ordering(contest))
    for sentence in season_prize_sentences(rules, tiers, {}, is_weekly=contest.is_weekly):
        paper.text(sentence)
    if draft.unready:
        rounds = listed([str(number) for number in draft.unready])
        paper.text(f"[Đợt {rounds} chưa công bố hoặc chưa chính thức: xếp hạng còn có thể thay đổi.]", italic=True)


def _calls(paper: OfficeDocument, contest: Contest, draft: SeasonDraft, names: Names) -> None:
    paper.heading("2. Xác nhận, bốc thăm")
    if waiting := len(draft.pending):
        paper.text(f"[Còn {waiting} người chờ gọi xác nhận.]", italic=True)
    elif not draft.draws:
        paper.text("Mọi người được giải đã được xác nhận.")
    for seat in draft.passed:
        calls = f", đã gọi {seat.call.missed} lần không ai nghe máy" if seat.call and seat.call.missed else ""
        why = seat.call.why if seat.call else ""
        paper.text(f"Bỏ qua hạng {seat.rank} ({in_cell(seat.participant.unit.name)}){calls}. Lý do: {why}.")
    for line in draft.barred:
        paper.text(f"Hạng {line.rank} ({in_cell(line.participant.unit.name)}) đã nhận đủ số giải theo thể lệ.")
    if draft.draws:
        paper.text(f"[Còn {draft.draws} người bằng nhau chờ bốc thăm công khai.]", italic=True)
    called = {str(id): name for id, name in names.items()}
    for sentence in drawn_in_minutes(draft.ties.draws, contest, called, "người"):
        paper.text(sentence)


def _prizes(
    paper: OfficeDocument, contest: Contest, draft: SeasonDraft, decision: SeasonDecision | None, names: Names
) -> None:
    paper.heading("3. Người được giải")
    if decision is None:
        paper.text("[Chưa có quyết định: đây là danh sách đề nghị.]", italic=True)
    elif decision.digest == draft.digest:
        paper.text(f"Như quyết định lần {decision.version} trên hệ thống, lúc {hour(decision.decided_at)}.")
    else:
        paper.text(f"[Kết quả đã thay đổi sau quyết định lần {decision.version}; cần quyết định lại.]", italic=True)
    columns = (
        TableColumn("Hạng", 14, CENTRE),
        TableColumn("Họ và tên", 36),
        TableColumn("Đơn vị", 32),
        TableColumn("Kết quả cả cuộc thi", 48),
        TableColumn("Giải", 42),
    )
    paper.columns(columns, [_row(contest, seat, names) for seat in draft.seats if seat.state != "passed"])


def _row(contest: Contest, seat: SeasonSeat, names: Names) -> list[str]:
    name, unit = names.get(seat.participant_id, NO_NAME), in_cell(seat.participant.unit.name)
    figure = season_figure(Rules.from_dict(contest.rules).season, seat.total, is_weekly=contest.is_weekly)
    return [str(seat.rank), name, unit, figure, "chờ bốc thăm" if seat.needs_draw else seat.prize]


def _who(at: int, award: SeasonAward, names: Names) -> list[str]:
    return [str(at), names.get(award.participant_id, NO_NAME[:24]), in_cell(award.participant.unit.name)]


def _ordering(contest: Contest) -> str:
    return season_sentence(Rules.from_dict(contest.rules).season, is_weekly=contest.is_weekly)


def figure_of(contest: Contest, award: SeasonAward) -> str:
    """Return the sums that gave a prize, in words."""
    return season_figure(Rules.from_dict(contest.rules).season, award, is_weekly=contest.is_weekly)


def sum_of(decision: SeasonDecision) -> int | None:
    """Return the sum of the prizes; None unless all amounts are known."""
    known = [each.amount for each in decision.awards if each.amount is not None]
    return sum(known) if known and len(known) == len(decision.awards) else None


def season_certificates(
    contest: Contest,
    decision: SeasonDecision,
    names: Names,
    target: IO[bytes],
    *,
    keyring: Keyring,
    address: str,
    logo: PrintedLogo | None,
    today: date,
) -> int:
    """Write a certificate for each winner of *decision* whose name is among *names*; return how many."""
    sheet = CertificateSheet(
        title=contest.title,
        round=None,
        organiser=contest.organiser,
        day=today,
        typed_address=address.split("://")[1],
        logo=logo,
        is_illustrative=contest.is_illustrative,
    )
    with use("vi"):
        return certificates_pdf(sheet, _certified(keyring, decision.awards, names, address), target)


def _certified(keyring: Keyring, awards: Sequence[SeasonAward], names: Names, address: str) -> Iterator[PrintedPrize]:
    for award in awards:
        if award.participant_id in names:
            code = season_code(keyring, award)
            url = shorter(f"{address}?ma={code}")
            yield PrintedPrize(names[award.participant_id], award.participant.unit.name, award.prize, code, url)
