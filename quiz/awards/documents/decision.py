"""The decision on a round's prizes (quyết định) with the list, and the list for signatures (danh sách ký nhận)."""

from datetime import date

from core.docx import DOTS, RIGHT, OfficeDocument, TableColumn
from core.values.language import use
from quiz.awards.documents.parts import (
    NO_NAME,
    NUMBERED,
    SIGNED_ROW,
    about_round,
    add_funds,
    add_sum,
    amount_words,
    by_bloc,
    in_cell,
    office_document,
    prize_name,
    prize_table,
    round_in,
    total_of,
    total_words,
    unfinished,
    whole_title,
)
from quiz.awards.queries.round_file import RoundFile

_ENCLOSED = "(Kèm theo Quyết định số ......./QĐ-BTC ngày ..... tháng ..... năm ........ của Trưởng Ban Tổ chức)"


def decision_docx(file: RoundFile, today: date) -> bytes:
    """Return the decision to award the prizes of *file*'s round, numbers of other documents to be filled in."""
    with use("vi"):
        contest = file.contest
        paper = office_document(contest, "Quyết định", f"Về việc trao giải {about_round(file)}", "QĐ", today)
        paper.centred("TRƯỞNG BAN TỔ CHỨC CUỘC THI", size=14)
        for basis in (
            f"Căn cứ Kế hoạch số ........ ngày ..... tháng ..... năm ........ của {DOTS}{DOTS} về việc tổ chức cuộc "
            f"thi “{contest.title}”;",
            "Căn cứ Thể lệ cuộc thi;",
            f"Căn cứ Biên bản chốt kết quả {round_in(file)} ngày ..... tháng ..... năm ........;",
            f"Theo đề nghị của {DOTS}.",
        ):
            paper.text(basis, italic=True)
        paper.centred("QUYẾT ĐỊNH:", size=14)
        _articles(paper, file)
        paper.signature(("Như Điều 3", "Cấp ủy, chính quyền (để báo cáo)", "Lưu: VT"), "TRƯỞNG BAN TỔ CHỨC")
        paper.annex("Danh sách cá nhân đạt giải", f"{whole_title(file)}\n{_ENCLOSED}")
        prize_table(paper, file)
        return paper.to_bytes()


def _articles(paper: OfficeDocument, file: RoundFile) -> None:
    paper.text(
        f"Trao giải {round_in(file)} cho {len(file.prizes)} cá nhân có tên trong danh sách kèm theo.", lead="Điều 1. "
    )
    unfinished(paper, file)
    add_funds(paper, total_of(file))
    paper.text(
        f"Quyết định này có hiệu lực kể từ ngày ký. Ban Tổ chức, {DOTS} và các cá nhân có tên tại Điều 1 chịu trách "
        "nhiệm thi hành Quyết định này.",
        lead="Điều 3. ",
    )


def sign_off_docx(file: RoundFile, today: date) -> bytes:
    """Return the list on which the winners of *file*'s round sign for their prizes."""
    with use("vi"):
        paper = office_document(file.contest, "Danh sách ký nhận giải thưởng", whole_title(file), "DS", today)
        unfinished(paper, file)
        rows = [
            [
                str(at),
                line.name or NO_NAME[:20],
                in_cell(line.unit),
                prize_name(line),
                amount_words(file.round, line),
                "",
            ]
            for at, line in enumerate(file.prizes, start=1)
        ]
        total = ["", "Cộng", "", f"{len(rows)} giải", total_words(file), ""]
        columns = (
            NUMBERED,
            TableColumn("Họ và tên", 40),
            TableColumn("Đơn vị", 34),
            TableColumn("Giải", 36),
            TableColumn("Tiền thưởng (đồng)", 27, RIGHT),
            TableColumn("Ký nhận", 28),
        )
        paper.columns(columns, [*by_bloc(file, rows), total], last_is_total=True, row_height=SIGNED_ROW)
        add_sum(paper, total_of(file))
        paper.signatures(("NGƯỜI LẬP", "KẾ TOÁN", "TRƯỞNG BAN TỔ CHỨC"))
        return paper.to_bytes()
