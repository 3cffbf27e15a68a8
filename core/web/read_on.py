"""Forms that come back are read on in another language (decision 0100)."""

from typing import Any

from flask_wtf import FlaskForm

from core.web.language import is_read_on


class ReadOn(FlaskForm):  # type: ignore[misc]
    """A form that comes back in another language as it was typed; nothing is done until it is sent again."""

    is_back = False
    """Whether the form comes back to its sender, to be mended or to be read in another language."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; a form that is only read on is never valid."""
        is_valid = super().validate(extra_validators) and not is_read_on()
        self.is_back = not is_valid
        return bool(is_valid)
