"""Lines of a file that belong to no question: a letterhead, titles, signatures; reported once for each run of them."""

from __future__ import annotations

from core.values.text import N_, clean
from quiz.bank.rules.lines import TextLine
from quiz.bank.rules.parsed import Parsed, shortened

_ONE = N_("Không đưa vào dòng “%(line)s”, vì không thuộc câu nào.")
_SEVERAL = N_("Không đưa vào %(n)s dòng từ “%(first)s” đến “%(last)s”, vì không thuộc câu nào.")


class SkippedLines:
    """The lines that were left out so far, in runs without a question between them."""

    def __init__(self) -> None:
        self._runs: list[list[TextLine]] = []
        self._is_broken = True

    def add(self, line: TextLine) -> None:
        """Add a line; one of signs alone ("-----") says nothing and is not counted."""
        if not any(letter.isalnum() for letter in clean(line.text)):
            return
        if self._is_broken:
            self._runs.append([])
            self._is_broken = False
        self._runs[-1].append(line)

    def end_run(self) -> None:
        """End the present run, since a question begins."""
        self._is_broken = True

    def report(self, parsed: Parsed) -> None:
        """Report each run at the place of its first line."""
        for first, *rest in self._runs:
            if rest:
                words = {"first": shortened(first.text, 40), "last": shortened(rest[-1].text, 40)}
                parsed.doubtful(first.place, _SEVERAL, n=len(rest) + 1, **words)
            else:
                parsed.doubtful(first.place, _ONE, line=shortened(first.text))
