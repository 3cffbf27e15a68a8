"""What every way of sending raises, and how long it waits."""

TIMEOUT = 10.0
"""Seconds for each step of a conversation with another machine."""


class SendError(Exception):
    """It did not arrive; the text says why, for the operator, and holds nothing of the message or of a password."""

    def __init__(self, text: str, *, is_final: bool = False) -> None:
        super().__init__(text)
        self.is_final = is_final
        """Whether another try would be in vain."""
