"""The permission check of a job's owner, the retention of sign-in data, and the duty after a restore."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from account.operations.audit import actor_of
from account.operations.links import purge_links
from account.operations.sessions import end_everything, purge_sessions
from account.queries.account import holds_still
from core.retention import Rule
from core.throttle import purge_tries
from core.translation import gettext
from core.values.text import N_
from core.values.week import day_start
from core.web.rooms import declared


def may_still(session: Session, owner: str, permission: str, units: Collection[int]) -> bool:
    """Whether *owner* ("account:12") has *permission* in all of *units* now; the system always has."""
    actor = actor_of(owner)
    roles = declared().roles_with(permission)
    return actor.account_id is None or holds_still(session, actor.account_id, roles, units)


def end_old_sessions(session: Session, _today: date) -> str:
    """Restore duty: end all sessions and links, which may have been ended since the backup."""
    return gettext(
        "Đã đăng xuất %(sessions)s phiên và bỏ mọi đường dẫn mời, đặt lại mật khẩu cũ.",
        sessions=end_everything(session),
    )


RETENTION = (
    Rule(
        "tries",
        N_("Lượt thử mật khẩu và mã"),
        N_("1 ngày"),
        N_("Để người dò mật khẩu phải đợi lâu dần"),
        lambda session, today: purge_tries(session, day_start(today)),
    ),
    Rule(
        "sessions",
        N_("Phiên đăng nhập của cán bộ"),
        N_("12 giờ không dùng, lâu nhất 30 ngày"),
        N_("Để chủ tài khoản thấy mình đang đăng nhập ở đâu"),
        lambda session, today: purge_sessions(session, day_start(today)),
    ),
    Rule(
        "links",
        N_("Đường dẫn mời và đặt lại mật khẩu"),
        N_("7 ngày; đặt lại 24 giờ"),
        N_("Hết hạn thì không dùng được nữa"),
        lambda session, today: purge_links(session, day_start(today)),
    ),
)
"""The retention rules of sign-in data."""
