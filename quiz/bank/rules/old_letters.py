"""Questions typed in an old Vietnamese font (TCVN3, VNI) or saved with letters lost: converted, and reported."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.values.legacy_text import Legacy, convert, is_unicode, legacy_of
from core.values.text import N_, Sentence
from quiz.bank.rules.parsed import IN_QUESTION, NOWHERE, Parsed, ParsedQuestion, shortened

_CONVERTED = N_(
    "Chữ trong tệp gõ bằng phông chữ cũ (%(legacy)s) nên đã đổi sang Unicode. Xin đọc lại từng câu trước khi đưa vào."
)
_LOST = N_("có chữ đã mất khi lưu tệp (“%(text)s”); xin gõ lại, hoặc lưu lại tệp gốc dạng Unicode (UTF-8).")
_LOST_LETTER = re.compile(r"[^\W\d_]\?(?=[^\W\d_])(?![A-ZĐÀ-Ý])|\ufffd")
_TOKEN = re.compile(r"\s+|\S+")
_SAMPLE = 2000  # lines


@dataclass(frozen=True)
class OldLetters:
    """The encoding of a text, None for Unicode; `is_whole` where no part of the text is Unicode."""

    legacy: Legacy | None = None
    is_whole: bool = False

    @classmethod
    def of(cls, texts: Iterable[str]) -> OldLetters:
        """Return the encoding of all *texts* together."""
        kept = [text for text, _ in zip(texts, range(_SAMPLE), strict=False)]
        legacy = legacy_of(kept)
        return cls(legacy, legacy is not None and not any(map(is_unicode, kept)))

    def text(self, text: str) -> str:
        """Return *text* in Unicode."""
        return convert(text, self.legacy, is_sure=self.is_whole) if self.legacy else text

    def marked(self, text: str, marks: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
        """Return *text* in Unicode with the *marks* of its letters; two old letters may become one."""
        if self.legacy is None or self.text(text) == text:
            return text, marks
        texts: list[str] = []
        kept: list[int] = []
        for token in _TOKEN.finditer(text):
            new = convert(token[0], self.legacy, is_sure=True)
            texts.append(new)
            kept += (marks[token.start() : token.end()] + (0,) * len(new))[: len(new)]
        return "".join(texts), tuple(kept)

    def report(self, parsed: Parsed) -> None:
        """Report that the questions of *parsed* were converted."""
        if self.legacy is not None:
            parsed.doubtful(NOWHERE, _CONVERTED, legacy=Sentence(str(self.legacy)))


def report_lost_letters(parsed: Parsed) -> Parsed:
    """Add an error to *parsed* for each question with a "?" inside of a word, and return it."""
    for at, question in enumerate(parsed.questions, start=1):
        lost = next((text for text in _texts(question) if _LOST_LETTER.search(text)), None)
        if lost is not None:
            reason = Sentence(_LOST, text=shortened(lost, 40))
            parsed.wrong(question.place, IN_QUESTION, number=question.number or at, reason=reason)
    return parsed


def _texts(question: ParsedQuestion) -> list[str]:
    own = [question.text, *(choice.text for choice in question.choices), question.explanation, question.source]
    return [text for text in own if "://" not in text]
