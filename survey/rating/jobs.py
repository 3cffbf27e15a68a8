"""The retention of comments and of the counts of senders, and the erasure of comments again after a restore."""

from datetime import date

from flask_babel import lazy_gettext
from sqlalchemy.orm import Session

from core.erasure_log import FILE, read
from core.retention import Rule
from core.translation import gettext
from core.values.numbers import thousands
from core.values.text import N_
from core.web.extensions import settings
from survey.rating.operations.comments import ERASED, erase_comments_again, purge_comments
from survey.rating.operations.senders import purge_senders
from survey.rating.rules.retention import COMMENT_DAYS, SENDER_DAYS

RETENTION = (
    Rule(
        "comments",
        N_("Góp ý bằng lời trong lượt đánh giá"),
        lazy_gettext("%(years)s năm (%(days)s ngày)", years=COMMENT_DAYS // 365, days=COMMENT_DAYS),
        N_("Đủ để cơ quan trả lời và cải tiến; sau đó chỉ còn số liệu"),
        purge_comments,
    ),
    Rule(
        "senders",
        N_("Dấu đếm lượt của một máy ở một quầy trong ngày: dãy số không cho biết máy nào, không gắn với lượt nào"),
        lazy_gettext("%(days)s ngày", days=SENDER_DAYS),
        N_("Đủ để nhận ra quầy bị gửi lượt dồn dập; sau đó chỉ còn loại của mỗi lượt"),
        purge_senders,
    ),
)
"""The retention rules for comments and for the counts of senders."""


def erase_again(session: Session, _today: date) -> str:
    """Erase comments again that were erased since the backup; a duty after a restore."""
    count = erase_comments_again(session, read(settings().instance_path / FILE, ERASED))
    return (
        gettext("Đã xóa lại %(count)s góp ý mà người viết đã xóa sau bản sao lưu.", count=thousands(count))
        if count
        else ""
    )
