"""Parts of the documents of prizes that are given once for a whole contest, to units or to people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from core.docx import DOTS, OfficeDocument, TableColumn
from quiz.awards.documents.parts import SIGNED_ROW, add_funds, add_sum, hour, office_document
from quiz.contest.models import Contest

_ENCLOSED = "(Kèm theo Quyết định số ......./QĐ-BTC ngày ..... tháng ..... năm ........ của Trưởng Ban Tổ chức)"
ILLUSTRATIVE = "[Số liệu minh họa: mọi số liệu trong văn bản này là giả định.]"


class NumberedDecision(Protocol):
    """A decision with its number and moment."""

    version: int
    decided_at: datetime


@dataclass(frozen=True)
class AwardedList:
    """The words of a decision on such prizes, and its list; the last row is the total."""

    kind: str
    receivers: str
    """Those who carry out the decision, beside the organisers."""
    ordering: str
    """By what the prizes are given, to follow "theo đó"."""
    given: str
    amount: int | None
    title: str
    columns: Sequence[TableColumn]
    rows: Sequence[list[str] | str]
    note: str


def award_decision(contest: Contest, awarded: AwardedList, today: date) -> bytes:
    """Return the decision to award *awarded*, numbers of other documents to be filled in."""
    about = f"Về việc trao {awarded.kind} cuộc thi “{contest.title}”"
    paper = office_document(contest, "Quyết định", about, "QĐ", today)
    paper.centred("TRƯỞNG BAN TỔ CHỨC CUỘC THI", size=14)
    for basis in (
        f"Căn cứ Kế hoạch số ........ ngày ..... tháng ..... năm ........ của {DOTS}{DOTS} về việc tổ chức cuộc "
        f"thi “{contest.title}”;",
        f"Căn cứ Thể lệ cuộc thi, theo đó {awarded.ordering};",
        f"Theo đề nghị của {DOTS}.",
    ):
        paper.text(basis, italic=True)
    paper.centred("QUYẾT ĐỊNH:", size=14)
    if contest.is_illustrative:
        paper.text(ILLUSTRATIVE, italic=True)
    paper.text(f"Trao {awarded.given} có tên trong danh sách kèm theo.", lead="Điều 1. ")
    add_funds(paper, awarded.amount)
    paper.text(
        f"Quyết định này có hiệu lực kể từ ngày ký. Ban Tổ chức, {DOTS} và {awarded.receivers} có tên tại Điều 1 chịu "
        "trách nhiệm thi hành Quyết định này.",
        lead="Điều 3. ",
    )
    paper.signature(("Như Điều 3", "Cấp ủy, chính quyền (để báo cáo)", "Lưu: VT"), "TRƯỞNG BAN TỔ CHỨC")
    paper.annex(awarded.title, f"Cuộc thi “{contest.title}”\n{_ENCLOSED}")
    paper.columns(awarded.columns, awarded.rows, last_is_total=True)
    paper.text(awarded.note, italic=True)
    return paper.to_bytes()


@dataclass(frozen=True)
class SignedList:
    """The list on which the prizes are signed for; the last row is the total."""

    kind: str
    columns: Sequence[TableColumn]
    rows: Sequence[list[str] | str]


def sign_off(
    contest: Contest, signed: SignedList, decision: NumberedDecision, amount: int | None, today: date
) -> bytes:
    """Return the document of *signed*, which belongs to *decision*."""
    about = f"{signed.kind} cuộc thi “{contest.title}”"
    paper = office_document(contest, "Danh sách ký nhận giải thưởng", about, "DS", today)
    if contest.is_illustrative:
        paper.text(ILLUSTRATIVE, italic=True)
    paper.text(
        f"Kèm theo Quyết định số ......./QĐ-BTC ngày ..... tháng ..... năm ........ của Trưởng Ban Tổ chức (quyết "
        f"định lần {decision.version} trên hệ thống, lúc {hour(decision.decided_at)})."
    )
    paper.columns(signed.columns, signed.rows, last_is_total=True, row_height=SIGNED_ROW)
    add_sum(paper, amount)
    paper.signatures(("NGƯỜI LẬP", "KẾ TOÁN", "TRƯỞNG BAN TỔ CHỨC"))
    return paper.to_bytes()


def meeting(paper: OfficeDocument, kind: str, roles: Sequence[str]) -> None:
    """Add when and where the organisers met on the prizes of a *kind*, and who took part, to be filled in."""
    paper.blanks("Hôm nay, hồi ..... giờ ..... ngày ..... tháng ..... năm ........, tại ")
    paper.text(f"Ban Tổ chức cuộc thi họp xét giải {kind}. Thành phần gồm:")
    for role in roles:
        paper.blanks(f"{role}: ", " chức vụ: ")


def closing_words(paper: OfficeDocument) -> None:
    """Add the place of other opinions, the end of the meeting and the signatures."""
    paper.heading("4. Ý kiến khác")
    paper.blanks("")
    paper.blanks("")
    paper.text("Biên bản lập xong hồi ..... giờ ..... cùng ngày, đã đọc cho mọi người cùng nghe và nhất trí.")
    paper.signatures(("THƯ KÝ", "GIÁM SÁT", "TRƯỞNG BAN TỔ CHỨC"))
