"""View model of the page of a round's files: which are ready, what they say of names, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from quiz.awards.queries.round_file import RoundFile


@dataclass(frozen=True)
class FileLine:
    """A file on the page: its address ends with `name`; `why_not` says why it is not ready, empty when it is."""

    name: str
    title: str
    about: str
    kind: str
    why_not: str = ""


@dataclass(frozen=True)
class RoundFilePage:
    """The files for the organiser and those for the public, and the people whose prizes are not settled."""

    documents: Sequence[FileLine]
    """Papers to sign."""
    tables: Sequence[FileLine]
    public: Sequence[FileLine]
    waiting: int
    draws: int
    prizes: int
    unnamed: int
    """Prizes whose names this account may not read."""
    are_open: bool
    is_published: bool
    awaits_final: bool
    """Whether certificates wait until objections are over and answered."""

    @property
    def certificates(self) -> int:
        """The certificates that can be printed now: those whose names may be read."""
        return self.prizes - self.unnamed if self.is_published and not self.awaits_final else 0


def file_page(file: RoundFile, *, is_published: bool) -> RoundFilePage:
    """Return the page of *file*."""
    return RoundFilePage(
        documents=_documents(),
        tables=_tables(),
        public=_public(is_published=is_published),
        waiting=sum(line.winner.state == "pending" and not line.winner.needs_draw for line in file.winners),
        draws=sum(line.winner.needs_draw for line in file.winners),
        prizes=len(file.prizes),
        unnamed=sum(not line.name for line in file.prizes),
        are_open=file.names_opened,
        is_published=is_published,
        awaits_final=file.awaits_final,
    )


def _documents() -> list[FileLine]:
    return [
        FileLine(
            "bien-ban.docx",
            _("Biên bản chốt kết quả"),
            _("Khóa bài, rà soát, gọi xác nhận, trường hợp bằng nhau, người đạt giải."),
            "DOCX",
        ),
        FileLine(
            "quyet-dinh.docx",
            _("Quyết định trao giải"),
            _("Ba điều và danh sách kèm theo; số, căn cứ, người ký để trống."),
            "DOCX",
        ),
        FileLine(
            "danh-sach-ky-nhan.docx",
            _("Danh sách ký nhận giải thưởng"),
            _("Họ tên, đơn vị, giải, tiền thưởng, chỗ ký."),
            "DOCX",
        ),
    ]


def _tables() -> list[FileLine]:
    return [
        FileLine(
            "so-lieu.xlsx",
            _("Bảng số liệu"),
            _("Xếp hạng, tham gia theo đơn vị, người đạt giải, từng câu hỏi."),
            "XLSX",
        ),
        FileLine(
            "tat-ca-bai.xlsx",
            _("Tất cả bài dự thi"),
            _("Mỗi bài một dòng: hạng, đơn vị, số câu đúng, thời gian, dự đoán, chữ cái đã chọn ở từng câu."),
            "XLSX",
        ),
        FileLine(
            "tat-ca-bai.csv",
            _("Tất cả bài dự thi, dạng CSV"),
            _("Cùng nội dung, tải được ngay kể cả khi có hàng trăm nghìn bài."),
            "CSV",
        ),
    ]


def _public(*, is_published: bool) -> list[FileLine]:
    return [
        FileLine(
            "ban-tin.docx",
            _("Bản tin đợt"),
            _("Tham gia và so với tuần trước, mức điểm, người đạt giải đã đồng ý nêu tên."),
            "DOCX",
            "" if is_published else _("Có sau khi công bố."),
        )
    ]
