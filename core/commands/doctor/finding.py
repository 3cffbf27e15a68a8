"""One finding of the doctor: severity, subject, state, remedy."""

from dataclasses import dataclass
from enum import Enum

from core.translation import translate
from core.values.text import N_


class Severity(Enum):
    """How severe a finding is; the value is the mark that is printed."""

    GOOD = "✓"
    LOOK = "!"
    BAD = "✗"


@dataclass(frozen=True)
class Finding:
    """A checked subject and its state; for a fault also the remedy."""

    level: Severity
    what: str
    state: str
    remedy: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines for a terminal."""
        line = f"{self.level.value} {translate(self.what)}: {translate(self.state)}"
        return (line, f"    → {translate(self.remedy)}") if self.remedy else (line,)


NOT_YET = N_("máy chủ web chưa chạy lần nào trên thư mục dữ liệu này")
FIRST_START = N_("Khởi động máy chủ web, rồi chạy lại lệnh này.")


def good(what: str, state: str) -> Finding:
    """Return a finding without fault."""
    return Finding(Severity.GOOD, what, state)


def look(what: str, state: str, remedy: str) -> Finding:
    """Return a finding that works now and needs a look."""
    return Finding(Severity.LOOK, what, state, remedy)


def bad(what: str, state: str, remedy: str) -> Finding:
    """Return a finding that does not work, or soon won't."""
    return Finding(Severity.BAD, what, state, remedy)
