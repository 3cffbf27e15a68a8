"""The retention of comments, and their erasure again after a restore."""

from datetime import date

from sqlalchemy.orm import Session

from core.erasure_log import FILE, read
from core.retention import Rule
from core.values.numbers import thousands
from core.values.text import N_
from core.web.extensions import settings
from survey.rating.operations.comments import ERASED, erase_comments_again, purge_comments
from survey.rating.rules.retention import COMMENT_DAYS

RETENTION = (
    Rule(
        "comments",
        N_("Góp ý bằng lời trong lượt đánh giá"),
        N_("{days} ngày").format(days=COMMENT_DAYS),
        N_("Đủ để cơ quan trả lời và cải tiến; sau đó chỉ còn số liệu"),
        purge_comments,
    ),
)
"""The retention rules for comments."""


def erase_again(session: Session, _today: date) -> str:
    """Erase comments again that were erased since the backup; a duty after a restore."""
    count = erase_comments_again(session, read(settings().instance_path / FILE, ERASED))
    return f"Đã xóa lại {thousands(count)} góp ý mà người viết đã xóa sau bản sao lưu." if count else ""
