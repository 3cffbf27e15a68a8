"""Vietnamese labels of roles, browsers, actions, states of requests, and the audit trail."""

from collections.abc import Iterable

from account.rules.actions import AccountAction
from account.rules.many import Unfit
from account.rules.password import Weakness
from account.rules.permissions import Role
from account.rules.same_person import SameSign
from core.translation import gettext
from core.values.kept import kept
from core.values.text import N_

ROLE: dict[str, str] = {
    Role.ADMINISTRATOR: N_("Quản trị"),
    Role.ORGANISER: N_("Ban Tổ chức"),
    Role.MANAGER: N_("Phụ trách Một cửa"),
    Role.INTERVIEWER: N_("Điều tra viên"),
    Role.INSPECTOR: N_("Giám sát"),
    Role.WRITER: N_("Soạn câu hỏi"),
    Role.APPROVER: N_("Người phê duyệt"),
}
DUTY: dict[str, str] = {
    Role.ADMINISTRATOR: N_("quản lý tài khoản và cơ quan"),
    Role.ORGANISER: N_("tổ chức cuộc thi, nhập phiếu"),
    Role.MANAGER: N_("quản lý cơ quan, quầy, tờ treo"),
    Role.INTERVIEWER: N_("gọi điện khảo sát"),
    Role.INSPECTOR: N_("xem số liệu, cuộc thi và nhật ký, không sửa"),
    Role.WRITER: N_("soạn câu hỏi cuộc thi, không làm việc khác"),
    Role.APPROVER: N_("phê duyệt việc cần hai người"),
}
_BROWSERS = (
    ("coc_coc", N_("Cốc Cốc")), ("Zalo", "Zalo"), ("SamsungBrowser", "Samsung Internet"), ("EdgA", "Edge"),
    ("EdgiOS", "Edge"), ("Edg/", "Edge"), ("OPR/", "Opera"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Macintosh", N_("máy Mac")), ("Linux", "Linux"),
)  # fmt: skip

ACTION: dict[str, str] = {
    AccountAction.APPROVAL_ASK: N_("Gửi yêu cầu phê duyệt"),
    AccountAction.APPROVAL_APPROVE: N_("Đồng ý phê duyệt"),
    AccountAction.APPROVAL_REFUSE: N_("Không đồng ý phê duyệt"),
    AccountAction.APPROVAL_WITHDRAW: N_("Rút yêu cầu phê duyệt"),
    AccountAction.APPROVAL_EXPIRE: N_("Yêu cầu phê duyệt hết hạn"),
    AccountAction.APPROVAL_FAIL: N_("Phê duyệt nhưng không thực hiện được"),
    AccountAction.ACCOUNT_CREATE: N_("Tạo tài khoản"),
    AccountAction.ACCOUNT_LINK: N_("Đưa đường dẫn mời hoặc đặt lại mật khẩu"),
    AccountAction.ACCOUNT_WITHDRAW: N_("Rút lời mời"),
    AccountAction.ACCOUNT_OFF: N_("Tắt tài khoản"),
    AccountAction.ACCOUNT_ON: N_("Bật lại tài khoản"),
    AccountAction.SESSIONS_END: N_("Đăng xuất người khác khỏi mọi nơi"),
    AccountAction.ROLE_GIVE: N_("Giao vai trò"),
    AccountAction.ROLE_TAKE: N_("Thu hồi vai trò"),
    AccountAction.AUDIT_EXPORT: N_("Tải nhật ký"),
}
"""Labels of the actions in the audit trail."""

TIE: dict[str, str] = {
    AccountAction.ACCOUNT_CREATE: N_("%(by)s lập tài khoản của %(to)s"),
    AccountAction.ACCOUNT_LINK: N_("%(by)s đưa đường dẫn đặt mật khẩu cho %(to)s"),
    AccountAction.ROLE_GIVE: N_("%(by)s giao vai trò cho %(to)s"),
}
"""The steps by which two accounts are related."""

ACTOR: dict[str, str] = {"terminal": N_("Dòng lệnh"), "system": N_("Hệ thống")}

STATE: dict[str, str] = {
    "pending": N_("Đang chờ phê duyệt"),
    "approved": N_("Đã phê duyệt"),
    "refused": N_("Không được phê duyệt"),
    "withdrawn": N_("Đã rút lại"),
    "expired": N_("Hết hạn"),
    "failed": N_("Không thực hiện được"),
}

WEAKNESS: dict[str, str] = {
    Weakness.COMMON: N_("giống mật khẩu nhiều người đang dùng"),
    Weakness.OWN: N_("có tên, thư điện tử hoặc đơn vị của chính ông/bà"),
    Weakness.KEYS: N_("là những phím liền nhau trên bàn phím"),
    Weakness.REPEAT: N_("lặp đi lặp lại"),
    Weakness.SEQUENCE: N_("là một dãy liền nhau như abc, 123"),
    Weakness.DATE: N_("có ngày tháng hoặc năm"),
    Weakness.SHORT: N_("quá ngắn so với những gì máy thử được"),
}
"""Why a password is easy to guess, after "quá dễ đoán:"."""

UNFIT: dict[str, str] = {
    Unfit.OWN: N_("là tài khoản ông/bà đang dùng"),
    Unfit.OUT_OF_REACH: N_("còn có vai trò ở đơn vị khác hoặc cấp trên"),
    Unfit.IS_ON: N_("đang bật"),
    Unfit.IS_OFF: N_("đang tắt"),
    Unfit.IS_INVITED: N_("chưa nhận lời mời"),
    Unfit.HAS_COME: N_("đã nhận lời mời"),
}
"""Why an account is passed over when several are changed at once."""

FIELD: dict[str, str] = {
    "asked_by": N_("người yêu cầu"),
    "asked_for": N_("việc được yêu cầu"),
    "drops_factor": N_("bỏ mã xác thực cũ"),
    "entries": N_("số mục"),
    "request": N_("mã yêu cầu"),
    "role": N_("vai trò"),
    "second_approver": N_("có người phê duyệt thứ hai"),
    "state": N_("tình trạng"),
    "related": N_("tài khoản yêu cầu và tài khoản phê duyệt: một bên do bên kia lập hoặc cấp"),
    "tied": N_("tài khoản yêu cầu và tài khoản phê duyệt: một bên do bên kia lập hoặc cấp"),
    "unit": N_("đơn vị"),
    "sessions": N_("số nơi đã đăng xuất"),
    f"{AccountAction.SESSIONS_END}:wiped": N_("số nơi đã đăng xuất"),
}
"""Labels of the values that these actions record; in older entries `wiped` was the name of `sessions` and `tied` that
of `related`."""

VALUE: dict[str, dict[str, str]] = {"state": STATE, "role": ROLE}
"""Labels of coded values, by the value's name."""


_DEVICE = kept(N_("%(browser)s trên %(system)s"))


def device_words(user_agent: str) -> str:
    """Return a browser's name and system from its User-Agent, which is not verified; stored, so in Vietnamese.

    >>> device_words("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36")
    'Chrome trên Android'
    >>> device_words("curl/8")
    'Trình duyệt khác'
    """
    browser = next((word for mark, word in _BROWSERS if mark in user_agent), N_("Trình duyệt khác"))
    system = next((word for mark, word in _SYSTEMS if mark in user_agent), "")
    return _DEVICE % {"browser": browser, "system": system} if system else browser


SAME_SIGN: dict[SameSign, str] = {
    SameSign.NAME: N_("trùng họ tên"),
    SameSign.MAILBOX: N_("cùng một hộp thư điện tử"),
    SameSign.MADE: N_("tài khoản này do tài khoản kia lập, mời hoặc giao vai trò"),
}
"""Signs that two accounts may be one person's."""


def same_words(signs: Iterable[SameSign]) -> str:
    """Return the signs in words, "" for none."""
    return "; ".join(gettext(SAME_SIGN[sign]) for sign in signs)
