"""What every way of sending raises, and how long it waits."""

import socket
import ssl

from core.values.text import N_

TIMEOUT = 10.0
"""Seconds for each step of a conversation with another machine."""


class SendError(Exception):
    """It did not arrive; the text says why, for the operator, and holds nothing of the message or of a password."""

    def __init__(self, text: str, *, is_final: bool = False) -> None:
        super().__init__(text)
        self.is_final = is_final
        """Whether another try would be in vain."""


def why(error: BaseException) -> str:
    """Return in words why a machine could not be reached."""
    if isinstance(error, socket.gaierror):
        return N_("không tìm thấy tên miền")
    if isinstance(error, ConnectionRefusedError):
        return N_("không chương trình nào nghe ở cổng này")
    if isinstance(error, TimeoutError):
        return N_("chờ quá lâu")
    return N_("chứng chỉ không dùng được") if isinstance(error, ssl.SSLError) else type(error).__name__
