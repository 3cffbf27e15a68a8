"""The copy that a person is given of everything that is held about them."""

from collections.abc import Sequence
from datetime import date, datetime

from core.docx import OfficeDocument
from core.translation import gettext
from core.values.dates import day, moment
from core.values.text import N_
from privacy.models.holder import Section, Value

_TITLE = N_("Bản sao thông tin cá nhân đang được giữ")
_LEAD = N_(
    "Bản này ghi mọi thông tin về bạn mà %(keepers)s đang giữ, theo yêu cầu của bạn. Bạn có quyền yêu cầu sửa, "
    "tạm dừng xử lý hoặc xóa."
)
_NOTHING = N_("Không giữ gì.")


def held_docx(sections: Sequence[Section], keepers: Sequence[str], *, issuer: str, place: str, today: date) -> bytes:
    """Return *sections* as a document, a table each; empty ones say so. *keepers* are named as the holders."""
    paper = OfficeDocument(issuer=issuer, title=_TITLE, place=place, day=today)
    paper.text(gettext(_LEAD, keepers=", ".join(keepers)))
    for section in sections:
        paper.heading(section.title)
        if not section.lines:
            paper.text(_NOTHING)
        for line in section.lines:
            paper.table((N_("Mục"), N_("Nội dung")), [(label, _text_of(value)) for label, value in line])
    return paper.to_bytes()


def _text_of(value: Value) -> str:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else str(value)
