"""Find the right choices by stars, answer lines, a table of keys, or letters that look different."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce

from core.values.text import N_, Sentence, clean, fold
from quiz.bank.rules.letters import letters_named
from quiz.bank.rules.lines import CHOICE, TextLine, TextMark
from quiz.bank.rules.parsed import NOWHERE, Place, shortened

_RIGHT_AT_END = re.compile(r"\s*(?:[*✓✔☑]|\((?:đúng|đ|x)\))\s*$", re.IGNORECASE)
_LETTER_AND_WHY = re.compile(
    r"\s*[(\[]?(?P<letter>[A-H])\s*"
    r"(?:\((?P<a>.+)\)|[–\-:;,.)\]]\s*(?P<b>.{4,})|\s(?P<c>(?:vì|do|theo|căn cứ)\b.+))\s*$",
    re.IGNORECASE,
)
"""A letter, and words beside it that say why."""
_NOT_READ = N_("không hiểu đáp án “%(answer)s”; xin ghi chữ cái của phương án đúng.")
_UNKNOWN = N_("đáp án %(unknown)s không có trong các phương án.")
_CONTRARY = N_("dấu * và dòng “Đáp án” không khớp nhau.")
_TABLE = N_("bảng đáp án ghi %(listed)s, còn ở câu hỏi là %(marked)s.")
_SEVERAL_MARKS = N_("không rõ đáp án: %(marks)s. Xin thêm dòng “Đáp án: A”.")
_OTHER_MARK = N_("đáp án ghi %(key)s nhưng phương án %(marked)s được làm nổi (%(how)s); xin xem lại.")
_MARKED, _BOTH = N_("%(letters)s %(how)s"), N_("%(before)s, %(after)s")
HOW = {
    TextMark.HIGHLIGHT: N_("tô nền"),
    TextMark.COLOUR: N_("khác màu"),
    TextMark.UNDERLINE: N_("gạch chân"),
    TextMark.BOLD: N_("in đậm"),
    TextMark.ITALIC: N_("in nghiêng"),
}
Report = Callable[[Place, Sentence, bool], None]
"""Takes a place, a reason, and whether it is an error."""


@dataclass(frozen=True)
class WrittenChoice:
    """A choice as written: its label, its text, and the marks of both."""

    label: str
    text: str
    is_starred: bool
    label_mark: TextMark
    text_mark: TextMark

    @property
    def letter(self) -> str:
        """The letter under which it is stored."""
        return self.label.upper()

    @classmethod
    def of(cls, line: TextLine) -> WrittenChoice:
        """Return the choice on a line that begins with its label."""
        match = CHOICE.match(line.text)
        assert match is not None  # noqa: S101 - the caller has seen a label
        text = line.part(match.end())
        starred = _RIGHT_AT_END.search(text.text)
        shown = text.text[: starred.start()] if starred else text.text
        is_right = bool(match["star"] or match["after"] or starred)
        label = line.part(match.start("letter"), match.end("letter"))
        return cls(match["letter"], clean(shown), is_right, label.mark(), text.mark())

    def followed_by(self, line: TextLine) -> WrittenChoice:
        """Return the choice with the words of the next line."""
        mark = line.mark() if not self.text else self.text_mark
        return WrittenChoice(self.label, clean(f"{self.text} {line.text}"), self.is_starred, self.label_mark, mark)


@dataclass(frozen=True)
class WrittenKey:
    """The writing about the key of one question: its choices, its answer line, its entry in the table."""

    choices: Sequence[WrittenChoice]
    answer: TextLine | None
    listed: str | None


@dataclass(frozen=True)
class FoundKey:
    """The right letters, and the reason that stood beside them."""

    letters: frozenset[str]
    explanation: str = ""


def resolve_key(written: WrittenKey, report: Report) -> FoundKey:
    """Return the key of a question; contradictions are reported, and a question without any key gets none.

    Stars and answer lines count before the table of keys, and all of them before letters that only look different.
    """
    starred = frozenset(choice.letter for choice in written.choices if choice.is_starred)
    answered = _answered(written, report)
    place = written.answer.place if written.answer else NOWHERE
    if starred and answered.letters and starred != answered.letters:
        report(place, Sentence(_CONTRARY), True)
    marked = answered.letters or starred
    listed = frozenset(written.listed or ())
    if listed and _has_unknown(listed, written.choices, NOWHERE, report):
        listed = frozenset()
    if listed and marked and listed != marked:
        report(NOWHERE, Sentence(_TABLE, listed=_words(listed), marked=_words(marked)), True)
    explicit = marked or listed
    if explicit:
        _compare(explicit, written.choices, report)
        return FoundKey(explicit, answered.explanation)
    return FoundKey(_by_marks(written.choices, report), answered.explanation)


def _answered(written: WrittenKey, report: Report) -> FoundKey:
    if written.answer is None:
        return FoundKey(frozenset())
    text, choices = written.answer.text, [(choice.letter, choice.text) for choice in written.choices]
    named, why, explanation = letters_named(text, choices), _LETTER_AND_WHY.match(text), ""
    if why is not None and (named is None or named == {why["letter"].upper()}):
        named = frozenset(why["letter"].upper())
        explanation = clean(why["a"] or why["b"] or why["c"]).strip("() ")
        own = dict(choices).get(why["letter"].upper(), "")
        explanation = "" if fold(explanation).rstrip(".") == fold(own).rstrip(".") else explanation
    if named is None:
        report(written.answer.place, Sentence(_NOT_READ, answer=shortened(text)), True)
        return FoundKey(frozenset())
    if _has_unknown(named, written.choices, written.answer.place, report):
        return FoundKey(frozenset())
    return FoundKey(named, explanation)


def _has_unknown(named: frozenset[str], choices: Sequence[WrittenChoice], place: Place, report: Report) -> bool:
    unknown = named - {choice.letter for choice in choices}
    if unknown:
        report(place, Sentence(_UNKNOWN, unknown=_words(unknown)), True)
    return bool(unknown)


def _marked_sets(choices: Sequence[WrittenChoice]) -> dict[frozenset[str], TextMark]:
    """Return the sets of letters that some mark sets apart from the rest, each with its mark."""
    found: dict[frozenset[str], TextMark] = {}
    for mark in HOW:
        for letters in (
            frozenset(choice.letter for choice in choices if choice.text_mark & mark),
            frozenset(choice.letter for choice in choices if choice.label_mark & mark),
        ):
            if 0 < len(letters) < len(choices):
                found.setdefault(letters, mark)
    return found


def _by_marks(choices: Sequence[WrittenChoice], report: Report) -> frozenset[str]:
    found = _marked_sets(choices)
    strong = {letters: mark for letters, mark in found.items() if mark is not TextMark.ITALIC} or found
    if len(strong) == 1:
        return next(iter(strong))
    if strong:
        marked = (Sentence(_MARKED, letters=_words(each), how=Sentence(HOW[mark])) for each, mark in strong.items())
        both = reduce(lambda before, after: Sentence(_BOTH, before=before, after=after), marked)
        report(NOWHERE, Sentence(_SEVERAL_MARKS, marks=both), True)
    return frozenset()


def _compare(key: frozenset[str], choices: Sequence[WrittenChoice], report: Report) -> None:
    """Warn where exactly one choice stands out and it is not the key."""
    for letters, mark in _marked_sets(choices).items():
        if len(letters) == 1 and letters != key and mark is not TextMark.ITALIC:
            words = {"key": _words(key), "marked": _words(letters), "how": Sentence(HOW[mark])}
            report(NOWHERE, Sentence(_OTHER_MARK, **words), False)
            return


def _words(letters: frozenset[str]) -> str:
    return ", ".join(sorted(letters))
