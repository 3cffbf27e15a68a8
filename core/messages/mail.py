"""Send mail by SMTP: over TLS unless the server is this machine."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import SplitResult, unquote, urlsplit

from core.messages.sending import TIMEOUT, SendError, why
from core.settings import LOOPBACK
from core.translation import gettext
from core.values.text import N_


@contextmanager
def conversation(url: str) -> Iterator[smtplib.SMTP]:
    """Connect to a mail server, and log in if the address names a user.

    Raises:
        SendError: the server does not answer, has no TLS, or refuses the password.
    """
    parts = urlsplit(url)
    try:
        with _connect(parts) as server:
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            yield server
    except smtplib.SMTPAuthenticationError as error:
        raise SendError(N_("máy chủ thư không nhận tên hoặc mật khẩu trong MAIL_URL")) from error
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        is_final = all(code >= 500 for code in codes)
        raise SendError(
            gettext("máy chủ thư không nhận địa chỉ này (%(codes)s)", codes=codes[0]), is_final=is_final
        ) from error
    except smtplib.SMTPResponseException as error:
        raise SendError(gettext("máy chủ thư trả lời %(smtp_code)s", smtp_code=error.smtp_code)) from error
    except (OSError, smtplib.SMTPException, ssl.SSLError) as error:
        raise SendError(gettext("không nói chuyện được với máy chủ thư (%(error)s)", error=why(error))) from error


def send_mail(url: str, *, sender: str, to: str, subject: str, body: str, id: str) -> None:
    """Send a letter; the server recognises a repeated one by *id*.

    Raises:
        SendError: the server did not accept it.
    """
    letter = EmailMessage()  # its headers refuse line breaks: no name can add a header
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter["Message-ID"] = f"<{id}@{sender.rpartition('@')[2].rstrip('>')}>"
    letter["Date"] = formatdate(localtime=False)
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(body, cte="quoted-printable")
    with conversation(url) as server:
        server.send_message(letter)


def _connect(parts: SplitResult) -> smtplib.SMTP:
    host, context = parts.hostname or "", ssl.create_default_context()
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=context)
    server = smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT)
    try:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif host not in LOOPBACK:
            raise SendError(N_("máy chủ thư không có TLS, nên không gửi gì qua đó"))
    except BaseException:
        server.close()
        raise
    return server
