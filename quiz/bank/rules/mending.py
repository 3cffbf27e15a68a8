"""Whether a new wording of a question only mends a typing error, so that people who have answered it lose nothing."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from core.values.text import N_, Sentence, fold

_LEAST = 0.85
_TURNS = frozenset(
    {"không", "chưa", "chẳng", "đừng", "trừ", "ngoài", "sai", "đúng", "nhất", "cả", "hoặc", "và", "mọi", "chỉ"}
)
"""Words that turn the meaning of a question around."""
_WORD = re.compile(r"\w+")
_SAME = N_("Lời câu hỏi chưa thay đổi.")
_NUMBERS = N_("Con số trong câu hỏi đã đổi (%(before)s thành %(after)s): đó không phải lỗi chính tả.")
_MEANING = N_("Đã thêm hoặc bỏ từ “%(word)s”, làm đổi nghĩa câu hỏi: đó không phải lỗi chính tả.")
_FAR = N_("Lời câu hỏi đổi quá nhiều. Chỉ sửa lỗi chính tả được; câu sai thì chấm lại hoặc bỏ câu sau khi chốt đợt.")


def why_no_typo(before: str, after: str) -> Sentence | None:
    """Return why *after* is more than *before* without its typing errors; None if it is only that.

    Numbers and words that turn the meaning around have to stay, and most of the letters.

    >>> why_no_typo("Ai trả kêt quả?", "Ai trả kết quả?") is None
    True
    """
    if before == after:
        return Sentence(_SAME)
    numbers = [re.findall(r"\d+", text) for text in (before, after)]
    if numbers[0] != numbers[1]:
        return Sentence(_NUMBERS, before=", ".join(numbers[0]) or "–", after=", ".join(numbers[1]) or "–")
    words = [sorted(word for word in _WORD.findall(fold(text)) if word in _TURNS) for text in (before, after)]
    if words[0] != words[1]:
        changed = next(word for word in _TURNS if words[0].count(word) != words[1].count(word))
        return Sentence(_MEANING, word=changed)
    return Sentence(_FAR) if SequenceMatcher(None, before, after, autojunk=False).ratio() < _LEAST else None
