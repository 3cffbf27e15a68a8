"""The kinds of lines in a question text: a heading, a choice, an answer, an explanation, or words that go on."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, IntFlag
from itertools import islice

from core.values.text import N_, Sentence, clean, search_key
from quiz.bank.rules.parsed import NOWHERE, Place
from quiz.bank.rules.plain import latin_letters
from quiz.bank.rules.weeks import week_of


class TextMark(IntFlag):
    """A way in which a writer makes the right choice stand out."""

    BOLD = 1
    UNDERLINE = 2
    COLOUR = 4
    HIGHLIGHT = 8
    ITALIC = 16


_MARKS = tuple(map(int, TextMark))


@dataclass(frozen=True)
class TextLine:
    """A line with its place; `marks` holds the marks of each of its characters, and is empty in plain text."""

    text: str
    place: Place = NOWHERE
    marks: tuple[int, ...] = ()
    is_bullet: bool = False
    """Whether it stands behind a bullet that is not part of its text."""

    def part(self, start: int, end: int | None = None) -> TextLine:
        """Return a piece of the line with its marks."""
        return TextLine(self.text[start:end], self.place, self.marks[start:end])

    def behind(self, before: str) -> TextLine:
        """Return the line behind words without marks."""
        return TextLine(before + self.text, self.place, (0,) * len(before) + self.marks if self.marks else ())

    def followed_by(self, line: TextLine) -> TextLine:
        """Return the line with the words of the next one."""
        marks = (*self.marks, 0, *line.marks) if self.marks and line.marks else ()
        return TextLine(f"{self.text} {line.text}", self.place, marks, self.is_bullet)

    def mark(self) -> TextMark:
        """Return the marks that nearly all of its letters have."""
        count = Counter(mark for letter, mark in zip(self.text, self.marks, strict=False) if letter.isalnum())
        least = 0.8 * count.total()
        return TextMark(
            sum(each for each in _MARKS if least and sum(n for mark, n in count.items() if mark & each) >= least)
        )


class LineKind(Enum):
    """The beginning of a line."""

    HEADING = "heading"
    NUMBERED = "numbered"
    CHOICE = "choice"
    ANSWER = "answer"
    EXPLANATION = "explanation"
    SOURCE = "source"
    TOPIC = "topic"
    DIFFICULTY = "difficulty"
    KEYS = "keys"
    WEEK = "week"
    SECTION = "section"
    WORDS = "words"
    BLANK = "blank"


HEADING = re.compile(
    r"\s*\*{0,2}(?:b[àa]i|c[âa]u(?:\s+h[ỏo]i)?(?:\s+s[ốo])?|question)\s*(?P<number>\d{1,4})\b", re.IGNORECASE
)
HEADING_END = re.compile(r"\s*(?:[(\[][^)\]]{0,40}[)\]]\s*)?(?:[.:)/–-]|\*\*)+\s*")
NUMBERED = re.compile(r"\s*(?P<number>\d{1,4})\s*[.):/](?!\d)\s*")
CHOICE = re.compile(
    r"\s*(?P<star>[*✓✔☑]\s*|\[x\]\s*)?(?:phương\s+án\s+)?[(\[]?(?P<letter>[A-Ha-h])(?P<after>\*)?\s*(?:[.):/\]]|[-–](?=\s))\s*",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\s*[*✓✔☑]?\s*[(\[]")
ANSWER = re.compile(
    r"\s*[(\[]?(?:(?:đáp\s*án(?:\s+đúng)?(?:\s+là)?|đ/?a|trả lời|answer|key)\s*:\s*|đáp\s*án(?:\s+đúng)?(?:\s+là)?\s+"
    r"(?=[A-H](?:\s*[.,;)\]]|\s+(?:và|,)|\s*$))|đ/?a\s+(?=[A-H]\s*$)|(?:=+>|-+>|→|⇒)\s*(?:đáp\s*án\s*:?\s*|chọn\s*:?\s*)?"
    r"|chọn\s*:?\s*(?=[A-H](?:\s*[.,;)]|\s*$)))(?P<answer>.*)",
    re.IGNORECASE | re.DOTALL,
)
ANSWER_AT_END = re.compile(
    r"(?:\s*[(\[]\s*(?:đáp\s*án(?:\s+đúng)?\s*(?:là|:)?|đ/?a\s*:?)\s*(?P<a>[A-H](?:\s*(?:[,;]|và)?\s*[A-H])*)\s*[)\]]"
    r"|\s(?:=+>|-+>|→|⇒)\s*(?:đáp\s*án\s*:?\s*|chọn\s*:?\s*)?(?P<b>[A-H](?:\s*[,;]\s*[A-H])*)"
    r"|(?:\s|(?<=[.;?!]))đáp\s*án(?:\s+đúng)?\s*(?:là|:)\s*(?P<c>[A-H](?:\s*[,;]\s*[A-H])*))\s*\.?\s*$",
    re.IGNORECASE,
)
_LABELS = (
    (
        LineKind.EXPLANATION,
        re.compile(r"\s*(?:lời\s+)?(?:explanation|giải\s*thích|lời\s+giải|hướng\s+dẫn\s+giải)\s*:\s*", re.I),
    ),
    (
        LineKind.SOURCE,
        re.compile(
            r"\s*(?:căn\s+cứ(?:\s+pháp\s+lý)?|cơ\s+sở\s+pháp\s+lý|nguồn|trích\s+dẫn|legal\s+basis)\s*:\s*", re.I
        ),
    ),
    (LineKind.TOPIC, re.compile(r"\s*(?:chủ\s+đề|chuyên\s+đề|lĩnh\s+vực)\s*:\s*", re.I)),
    (LineKind.DIFFICULTY, re.compile(r"\s*(?:mức\s+độ|độ\s+khó)\s*:\s*", re.I)),
)
_KEYS = re.compile(
    r"(?:bảng\s+|phần\s+)?(?:đáp\s*án|answer\s*key|keys?)(?:\s+(?:bộ|các|phần|đề|của|tuần|vòng|đợt)\b.*)?\s*:?", re.I
)
_SECTION = re.compile(
    r"(?:phần|chương|mục|chuyên\s+đề|chủ\s+đề|lĩnh\s+vực)\s+(?:[IVX]+|\d+|[A-Z])\b|[IVX]{1,4}\s*[.)]\s", re.I
)
_TOPIC_BEHIND = re.compile(r"(?:chủ\s+đề|chuyên\s+đề|lĩnh\s+vực)\s*:\s*(.+)$", re.I)
_TITLE = re.compile(r"^#{1,6}\s+")
_LINE = N_("dòng %(number)s")
_UNDRAWN = {"Cf", "Cc", "Cs"}
_FIRST_CHOICE = re.compile(r"(?:(?<=\s)|(?<=[?:.]))[*✓✔]?[(\[]?[Aa]\*?\s*[.)/\]]\s*(?!\d)")
_MOST_TRIED = 20  # places of a line where choices might begin


def _drawn(letter: str) -> str:
    if letter in "\t\u00a0\r\n\v\f":
        return "\t" if letter == "\t" else " "
    return "" if unicodedata.category(letter) in _UNDRAWN else letter


def tidy(text: str) -> str:
    """Return a line in NFC without what draws nothing; tabs stay, since choices stand apart by them."""
    plain = "".join(_drawn(letter) for letter in text)
    return latin_letters(unicodedata.normalize("NFC", plain))


def line_place(number: int) -> Place:
    """Return the place of a line of a text, from 1."""
    return Place(number, Sentence(_LINE, number=number))


def plain_lines(text: str) -> list[TextLine]:
    """Return the lines of a pasted text with their numbers; what stands between two "**" is bold."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [_plain_line(tidy(row), line_place(number)) for number, row in enumerate(rows, start=1)]


def _plain_line(text: str, place: Place) -> TextLine:
    text = _TITLE.sub("", text)
    parts = text.split("**")
    if len(parts) < 3 or len(parts) % 2 == 0:
        return TextLine(text, place)
    marks = [int(TextMark.BOLD) * (at % 2) for at, part in enumerate(parts) for _letter in part]
    return TextLine("".join(parts), place, tuple(marks))


def kind_of(text: str) -> LineKind:
    """Return what a line begins with; words are what nothing else is."""
    bare = clean(text)
    if not bare:
        return LineKind.BLANK
    labelled = next((kind for kind, pattern in ((LineKind.HEADING, HEADING), *_LABELS) if pattern.match(text)), None)
    if labelled:
        return labelled
    if _KEYS.fullmatch(bare):
        return LineKind.KEYS
    if ANSWER.match(text):
        return LineKind.ANSWER
    if week_of(bare) is not None:
        return LineKind.WEEK
    if _SECTION.match(bare) or (bare.isupper() and not CHOICE.match(bare) and len(bare) > 3):
        return LineKind.SECTION
    if CHOICE.match(text):
        return LineKind.CHOICE
    return LineKind.NUMBERED if NUMBERED.match(text) else LineKind.WORDS


def topic_behind(text: str) -> str | None:
    """Return the topic that a heading names: "Tuần 1 - Chủ đề: Đất đai"; None without one."""
    found = _TOPIC_BEHIND.search(text)
    return clean(found[1]).strip(" .)") if found else None


def without_label(line: TextLine, kind: LineKind) -> TextLine:
    """Return the line behind its label "Giải thích:", "Căn cứ:" and the like."""
    pattern = dict(_LABELS)[kind]
    match = pattern.match(line.text)
    return line.part(match.end()) if match else line


def choices_on(line: TextLine) -> list[TextLine]:
    """Return the choices side by side on a line that begins with one; one alone gives the line itself.

    Choices are apart by a tab or two spaces, or follow each other in the order of their letters in the same style.
    """
    first = CHOICE.match(line.text)
    if first is None:
        return [line]
    starts, letter, at = [0], first["letter"], first.end()
    while (found := _next_choice(line.text, letter, at, is_opened=bool(_OPENING.match(line.text)))) is not None:
        starts.append(found[0])
        letter, at = found[1], found[2]
    ends = [*starts[1:], None]
    return [line.part(start, end) for start, end in zip(starts, ends, strict=True)]


def _next_choice(text: str, letter: str, at: int, *, is_opened: bool) -> tuple[int, str, int] | None:
    """Return the start, the letter and the end of the label that comes after *letter*, from *at* on."""
    following = chr(ord(letter) + 1)
    opening = r"[(\[]" if is_opened else ""
    pattern = re.compile(rf"(?:(?<=\s)|(?<=[.;,?!]))[*✓✔]?\s*{opening}{following}\*?\s*(?:[.)/:\]])(?!\d)\s*")
    near = pattern.search(text, at)
    wide = re.compile(r"(?:\t|\s{2,})(?=[*✓✔]?\s*[(\[]?[A-Ha-h]\*?\s*[.)/:\]])").search(text, at)
    if near is not None:
        return near.start(), following, near.end()
    if wide is None:
        return None
    label = CHOICE.match(text, wide.end())
    return (wide.end(), label["letter"], label.end()) if label else None


def stem_and_choices(line: TextLine) -> list[TextLine]:
    """Return the words of a question and the choices that follow on the same line; the line alone without any.

    >>> [each.text for each in stem_and_choices(TextLine("Ai? A. Quầy B. Trưởng thôn"))]
    ['Ai? ', 'A. Quầy ', 'B. Trưởng thôn']
    """
    for match in islice(_FIRST_CHOICE.finditer(line.text), _MOST_TRIED):
        parts = choices_on(line.part(match.start()))
        if match.start() and len(parts) > 1 and CHOICE.match(parts[1].text):
            return [line.part(0, match.start()), *parts]
    return [line]


def labels_ahead(lines: Sequence[TextLine], kinds: Sequence[LineKind]) -> list[str]:
    """Return for each line which label comes next below it: "A", "choice", "question", "other", or "" for none."""
    ahead, found = [""] * len(lines), ""
    for at in range(len(lines) - 1, -1, -1):
        ahead[at] = found
        if kinds[at] is LineKind.CHOICE:
            found = "A" if CHOICE.match(lines[at].text)["letter"] in "Aa" else "choice"  # type: ignore[index]
        elif kinds[at] in {LineKind.HEADING, LineKind.NUMBERED}:
            found = "A" if len(stem_and_choices(lines[at])) > 1 and not found else "question"
        elif kinds[at] is LineKind.WORDS and len(stem_and_choices(lines[at])) > 1:
            found = "A"
        elif kinds[at] not in {LineKind.WORDS, LineKind.BLANK, LineKind.WEEK}:
            found = "other"
    return ahead


DIFFICULTIES = (
    ("1", "rat de", "nhan biet"),
    ("2", "de", "thong hieu"),
    ("3", "trung binh", "vua", "tb", "van dung"),
    ("4", "kho", "van dung cao"),
    ("5", "rat kho"),
)


def difficulty_of(text: str) -> int | None:
    """Return a difficulty from 1 to 5 in words or as a number; None for anything else.

    >>> difficulty_of("Trung bình"), difficulty_of("Khó"), difficulty_of("tuỳ")
    (3, 4, None)
    """
    key = search_key(text).strip(" .")
    return next((level for level, words in enumerate(DIFFICULTIES, start=1) if key in words), None)
