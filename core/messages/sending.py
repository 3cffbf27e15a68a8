"""The error and the timeout that all channels share."""

import socket
import ssl

from core.values.text import N_

TIMEOUT = 10.0
"""Seconds for each step of a connection."""


class SendError(Exception):
    """The message was not delivered; the text gives the reason for the operator, without its content or a password."""

    def __init__(self, text: str, *, is_final: bool = False) -> None:
        super().__init__(text)
        self.is_final = is_final
        """Whether a retry would be useless."""


def why(error: BaseException) -> str:
    """Return in Vietnamese why a machine could not be reached."""
    if isinstance(error, socket.gaierror):
        return N_("không tìm thấy tên miền")
    if isinstance(error, ConnectionRefusedError):
        return N_("không chương trình nào nghe ở cổng này")
    if isinstance(error, TimeoutError):
        return N_("chờ quá lâu")
    return N_("chứng chỉ không dùng được") if isinstance(error, ssl.SSLError) else type(error).__name__
