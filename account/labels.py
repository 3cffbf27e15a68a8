"""Vietnamese words for roles, and for the browser in which somebody is signed in."""

from account.rules.permissions import Role
from core.values.text import N_

ROLE: dict[str, str] = {
    Role.ADMINISTRATOR: N_("Quản trị"),
    Role.ORGANISER: N_("Ban Tổ chức"),
    Role.MANAGER: N_("Phụ trách Một cửa"),
    Role.INTERVIEWER: N_("Điều tra viên"),
    Role.INSPECTOR: N_("Giám sát"),
    Role.WRITER: N_("Soạn câu hỏi"),
    Role.APPROVER: N_("Người duyệt"),
}
DUTY: dict[str, str] = {
    Role.ADMINISTRATOR: N_("quản lý tài khoản và cơ quan"),
    Role.ORGANISER: N_("tổ chức cuộc thi, nhập phiếu"),
    Role.MANAGER: N_("quản lý cơ quan, quầy, tờ treo"),
    Role.INTERVIEWER: N_("gọi điện khảo sát"),
    Role.INSPECTOR: N_("xem mọi số liệu, không sửa"),
    Role.WRITER: N_("soạn câu hỏi cuộc thi, không làm việc khác"),
    Role.APPROVER: N_("duyệt việc cần hai người"),
}
_BROWSERS = (
    ("coc_coc", "Cốc Cốc"), ("Zalo", "Zalo"), ("SamsungBrowser", "Samsung Internet"), ("EdgA", "Edge"),
    ("EdgiOS", "Edge"), ("Edg/", "Edge"), ("OPR/", "Opera"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Macintosh", "máy Mac"), ("Linux", "Linux"),
)  # fmt: skip


def device_words(user_agent: str) -> str:
    """A browser as its owner would call it; what it says of itself and nobody vouches for.

    >>> device_words("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36")
    'Chrome trên Android'
    >>> device_words("curl/8")
    'Trình duyệt khác'
    """
    browser = next((word for mark, word in _BROWSERS if mark in user_agent), "Trình duyệt khác")
    system = next((word for mark, word in _SYSTEMS if mark in user_agent), "")
    return f"{browser} trên {system}" if system else browser
