"""Check the surroundings: the public address, the reverse proxy, the mail server."""

from urllib.parse import urlsplit

import urllib3
from sqlalchemy.orm import Session

from core.commands.doctor.finding import FIRST_START, NOT_YET, Finding, bad, good, look
from core.instance import PRINTED, find_fact
from core.last_port import has_started
from core.messages.mail import conversation
from core.messages.sending import TIMEOUT, SendError, why
from core.settings import CONSOLE, FILE, LOOPBACK, Settings
from core.translation import gettext
from core.values.text import N_
from core.web.command_line import make_line
from core.web.health import MARK

_ADDRESS, _PROXY, _MAIL = N_("Địa chỉ công khai"), N_("Máy chủ đứng trước"), N_("Thư")
_PRINTED = N_("Mã QR đã in")
_SERVICE = "systemctl restart lang-nghe"
_BEHIND = (502, 503, 504)
"""Status codes of a proxy whose server does not answer."""
_HOST = N_(
    "Xem tên miền có trỏ đúng máy không, và máy chủ đứng trước có chuyển tên miền vào không (proxy_set_header Host "
    "$host). Nếu vừa đổi PUBLIC_URL thì khởi động lại máy chủ web."
)
_ELSEWHERE = N_(
    "Thường là tên miền còn trỏ về máy cũ, hoặc máy chủ đứng trước chuyển tới cổng của bản khác. Sửa chỗ đó; ở máy "
    "cũ thì tắt hẳn hệ thống, để đánh giá và bài thi không vào hai nơi."
)


def check_proxy(settings: Settings) -> Finding:
    """Check that the settings of the address and of the proxy go together."""
    if settings.public_host in LOOPBACK:
        remedy = N_("Đặt PUBLIC_URL là địa chỉ thật trước khi in mã QR đầu tiên; mã đã in thì không đổi được.")
        return look(_PROXY, gettext("%(public_url)s chỉ mở được trên máy này", public_url=settings.public_url), remedy)
    if not settings.is_secure:
        remedy = N_("Cài chứng chỉ ở máy chủ đứng trước (nginx), rồi đặt PUBLIC_URL bắt đầu bằng https://.")
        return bad(_PROXY, N_("người dân gửi câu trả lời không được mã hóa"), remedy)
    if not settings.trusted_proxies:
        remedy = N_(
            "Đặt TRUSTED_PROXIES là địa chỉ của máy chủ đứng trước (thường là 127.0.0.1), để bài đến đúng giờ "
            "mà phải chờ vẫn được nhận."
        )
        return look(_PROXY, N_("chưa khai máy chủ nào được ghi giờ bài đến"), remedy)
    return good(_PROXY, N_("https, giờ bài đến do ") + " ".join(sorted(settings.trusted_proxies)))


def check_printed(session: Session, settings: Settings) -> Finding:
    """Check that the printed QR codes lead to the present public address."""
    printed = find_fact(session, PRINTED)
    if printed is None:
        return good(_PRINTED, N_("chưa in tờ treo nào bằng địa chỉ công khai"))
    if printed != settings.public_url:
        state = gettext(
            "tờ treo đã in dẫn tới %(printed)s, ở đây đang là %(public_url)s",
            printed=printed,
            public_url=settings.public_url,
        )
        remedy = gettext(
            'Đặt lại PUBLIC_URL = "%(printed)s" trong %(instance_path)s; đổi hẳn thì in lại.',
            printed=printed,
            instance_path=settings.instance_path / FILE,
        )
        return bad(_PRINTED, state, remedy)
    return good(_PRINTED, gettext("dẫn tới %(printed)s", printed=printed))


def check_address(settings: Settings, mark: str | None) -> Finding:
    """Check that the public address answers and is this instance; *mark* identifies it, None while it can't be read."""
    url = settings.public_url
    try:
        status, words, theirs = _ask(url)
    except urllib3.exceptions.HTTPError as error:
        if not has_started(settings.instance_path):
            return look(_ADDRESS, f"{url}: {NOT_YET}", FIRST_START)
        return _silent(url, error.__cause__ or error.__context__ or error)
    if words == b"not ready\n":
        return bad(
            _ADDRESS,
            gettext("%(url)s trả lời là chưa sẵn sàng", url=url),
            N_("Sửa những dòng ✗ ở trên, rồi khởi động lại."),
        )
    if status in _BEHIND:
        return bad(
            _ADDRESS,
            gettext(
                "%(url)s: máy chủ đứng trước trả lời %(status)s, không gặp được hệ thống này", url=url, status=status
            ),
            _running(),
        )
    if status != 200 or words != b"ok\n":
        return bad(
            _ADDRESS,
            gettext("%(url)s/healthz trả lời %(status)s, không phải hệ thống này", url=url, status=status),
            _HOST,
        )
    return _compared(url, mark, theirs)


def _silent(url: str, cause: BaseException) -> Finding:
    state = gettext("%(url)s không trả lời (%(command)s)", url=url, command=why(cause))
    remedy = gettext("%(running)s Tên miền có trỏ đúng máy không, chứng chỉ còn hạn không.", running=_running())
    return bad(_ADDRESS, state, remedy)


def _compared(url: str, mark: str | None, theirs: str | None) -> Finding:
    if mark is None or theirs == mark:
        return good(_ADDRESS, gettext("%(url)s trả lời", url=url))
    if theirs is None:
        remedy = gettext(
            "Khởi động lại máy chủ web (%(service)s): có lẽ nó còn chạy bản chương trình cũ.", service=_SERVICE
        )
        return look(_ADDRESS, gettext("%(url)s trả lời, nhưng không nói là bản cài đặt nào", url=url), remedy)
    return bad(_ADDRESS, gettext("%(url)s là một bản cài đặt Lắng Nghe khác, không phải bản này", url=url), _ELSEWHERE)


def _running() -> str:
    return gettext(
        "Xem máy chủ web có chạy không (systemctl status lang-nghe); mở bằng tay: %(command)s.",
        command=make_line("serve"),
    )


def _ask(url: str) -> tuple[int, bytes, str | None]:
    reply = urllib3.request("GET", f"{url}/healthz", retries=False, timeout=TIMEOUT, preload_content=False)
    try:
        return reply.status, reply.read(100), reply.headers.get(MARK)
    finally:
        reply.release_conn()


def check_mail(settings: Settings) -> Finding:
    """Check that the mail server answers and accepts our login; nothing is sent."""
    if not settings.mail_url:
        remedy = N_("Đặt MAIL_URL để gửi lời mời, đặt lại mật khẩu; không có thì đưa đường dẫn tận tay.")
        return look(_MAIL, N_("chưa có máy chủ thư"), remedy)
    if settings.mail_url == CONSOLE:
        return look(_MAIL, N_("chỉ in ra màn hình"), N_("Đặt MAIL_URL là máy chủ thư thật khi dùng thật."))
    try:
        with conversation(settings.mail_url):
            pass
    except SendError as error:
        return bad(_MAIL, str(error), N_("Kiểm tra MAIL_URL (tên, mật khẩu, cổng) với người quản trị thư."))
    return good(
        _MAIL,
        gettext(
            "%(hostname)s trả lời; thư gửi từ %(mail_sender)s",
            hostname=urlsplit(settings.mail_url).hostname,
            mail_sender=settings.mail_sender,
        ),
    )
