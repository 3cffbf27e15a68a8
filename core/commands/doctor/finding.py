"""One line of the examination: how it is, what was looked at, and what to do."""

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How something is; the mark that is shown of it."""

    GOOD = "✓"
    LOOK = "!"
    BAD = "✗"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, in words; and for what is not well what to do now."""

    level: Severity
    what: str
    state: str
    remedy: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """As a terminal shows it."""
        line = f"{self.level.value} {self.what}: {self.state}"
        return (line, f"    → {self.remedy}") if self.remedy else (line,)


def good(what: str, state: str) -> Finding:
    """All is well."""
    return Finding(Severity.GOOD, what, state)


def look(what: str, state: str, remedy: str) -> Finding:
    """It works, and somebody should look."""
    return Finding(Severity.LOOK, what, state, remedy)


def bad(what: str, state: str, remedy: str) -> Finding:
    """It does not work, or soon won't."""
    return Finding(Severity.BAD, what, state, remedy)
