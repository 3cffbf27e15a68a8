"""What each column of an office's sheet means, told from its header in Vietnamese or English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from core.sheets.cells import Row, text_of
from core.sheets.columns import HEADER_WITHIN, headers, is_aside_sheet
from core.values.text import search_key


class Meaning(StrEnum):
    """What a column holds; TIME is a moment or a duration, told apart by its cells."""

    NAME = "name"
    FAMILY = "family"
    PHONE = "phone"
    UNIT = "unit"
    BIRTH = "birth"
    SCORE = "score"
    SUBMITTED = "submitted"
    STARTED = "started"
    DURATION = "duration"
    TIME = "time"
    GUESS = "guess"


# Patterns are searched in the header's search key (no case, no marks); the heavier one wins a column.
_WORDS: Mapping[Meaning, tuple[tuple[str, int], ...]] = {
    Meaning.GUESS: (
        (r"du doan|guess|predict", 20),
        (r"(so|bao nhieu) (nguoi|ban|luot).*dung", 18),
    ),
    Meaning.SCORE: (
        (r"so (cau|dap an)( tra loi)? dung|tra loi dung|correct", 12),
        (r"diem so|tong( so)? diem|score|total points", 10),
        (r"^diem|^so diem|^points$", 6),
        (r"^ket qua", 3),
    ),
    Meaning.DURATION: (
        (r"(thoi gian|t/?g) (lam|tra loi|thuc hien|su dung|thi\b)|thoi luong|duration|time (taken|spent)", 12),
        (r"tong thoi gian|so (giay|phut)|\b(giay|phut|seconds|minutes)\b", 8),
    ),
    Meaning.STARTED: ((r"bat dau|start", 12),),
    Meaning.SUBMITTED: (
        (r"dau thoi gian|timestamp|completion time|submi", 11),
        (r"(thoi (gian|diem)|ngay|gio|luc) (nop|gui|ket thuc|du thi|thi\b)|ngay gio|thoi diem", 9),
    ),
    Meaning.TIME: ((r"thoi gian hoan thanh", 7), (r"^thoi gian|^time$", 3)),
    Meaning.PHONE: (
        (r"dien thoai|phone|\bsdt\b|\bso dt\b|\bdtdd\b", 12),
        (r"di dong|mobile|zalo|^dt$|^tel", 6),
    ),
    Meaning.BIRTH: ((r"nam sinh|ngay sinh|sinh nam|thang sinh|birth|\bdob\b", 12),),
    Meaning.NAME: (
        (r"^ho va ten$|^ho ten$|^full ?name$", 14),
        (r"ho (va |, )?ten|full ?name|ten (nguoi|thi sinh)|ho,? ten", 11),
        (r"^ten$|^name$|^thi sinh$|^nguoi du thi$", 8),
    ),
    Meaning.FAMILY: ((r"^ho( va)?( ten)?( chu)? (dem|lot)$|^ho$|^last name$", 15),),
    Meaning.UNIT: (
        (r"don vi du thi", 13),
        (r"don vi|\bunit\b", 10),
        (r"xa\b.*(thi tran|phuong)|phuong\b.*xa\b|dia phuong|co quan|commune|\bward\b", 8),
        (r"noi (cong tac|o|cu tru)|^xa$|^phuong$|dia chi(?!.*mail)|\btruong\b", 4),
    ),
}
_PATTERNS = [(meaning, re.compile(words), w) for meaning, rows in _WORDS.items() for words, w in rows]
_QUESTION = re.compile(r"(?:cau(?: hoi)?(?: so)?|question|q) ?[.:]? ?(\d{1,3})\b|(\d{1,3}) ?[.):]")
_MARKING = re.compile(r"\[(diem so|phan hoi|score|feedback)\]|^(points|feedback|diem|phan hoi) ?- |quiz feedback")
_ASIDE = re.compile(
    r"mail|^stt$|^tt$|so thu tu|^id$|^no\.?$|^ghi chu|^note|gioi tinh|dan toc|nghe nghiep|chuc vu|"
    r"^(so )?(cccd|cmnd|can cuoc)|doi tuong|^khoi\b|last modified|token"
)
_NUMBERING = re.compile(r"(cau(?: hoi)?(?: so)? ?|question ?|q ?)?\d{1,3} ?[.:)]? ?")
_LABEL = 40  # "1. Số điện thoại" is still a label, a longer numbered header a question
_OPENING, _DISCOUNT = 20, 5  # a question may ask for a label in its first words, but weighs less
_LIGHTEST = 3
_LONG = 60  # a header longer than this is a question, whatever words it holds
_CERTAIN = 8  # from this weight on a header is no question, even when a better column took its meaning


@dataclass(frozen=True)
class Columns:
    """Where each meaning stands; the question columns with their numbers; the rest, for a key to claim."""

    header: tuple[str, ...]
    places: Mapping[Meaning, int]
    questions: tuple[tuple[int, int | None], ...]
    others: tuple[int, ...]

    @property
    def is_usable(self) -> bool:
        """A header names people and either their score or their answers."""
        return Meaning.NAME in self.places and (Meaning.SCORE in self.places or bool(self.answers))

    @property
    def answers(self) -> tuple[tuple[int, int | None], ...]:
        return self.questions or tuple((place, None) for place in self.others)

    @property
    def told(self) -> int:
        """How many columns say what they hold: a meaning, or the number of a question."""
        return len(self.places) + len({number for _, number in self.questions} - {None})

    def title(self, meaning: Meaning) -> str:
        """The header's search key, empty when there is no such column."""
        return search_key(self.header[self.places[meaning]]) if meaning in self.places else ""


def read_columns(row: Row) -> Columns:
    """The meanings of one row taken as a header; each meaning and each column is used once."""
    header = tuple(text_of(cell) if isinstance(cell, str) else "" for cell in row)
    keys = [search_key(text) for text in header]
    claims = sorted((-weight, place, meaning) for place, key in enumerate(keys) for weight, meaning in _claims(key))
    places: dict[Meaning, int] = {}
    for _, place, meaning in claims:
        if meaning not in places and place not in places.values():
            places[meaning] = place
    spoken_for = {place for weight, place, _ in claims if -weight >= _CERTAIN} | set(places.values())
    free = [p for p, key in enumerate(keys) if key and p not in spoken_for and not _is_aside(key)]
    questions = tuple((p, question_number(keys[p])) for p in free if _is_question(keys[p]))
    taken = {place for place, _ in questions}
    return Columns(header, places, questions, tuple(p for p in free if p not in taken))


def find_header(rows: Iterator[Row]) -> tuple[Columns | None, int, list[Row]]:
    """The best header among the first rows: its columns, how many rows it ends after, the rows read past it.

    No usable header gives None; `rows` is left standing after the rows looked at.
    """
    head = list(islice(rows, HEADER_WITHIN))
    columns, end = best_header(head)
    return columns, end, head[end:]


def best_header(head: Sequence[Row], *, is_any: bool = False) -> tuple[Columns | None, int]:
    """The header among *head* that tells the most, and how many rows it ends after; a sheet of examples has none.

    With *is_any* one will do that names no people or results, as long as it has two titles: a person may tell more.
    """
    best: Columns | None = None
    end = 0
    for row, number in headers(head) if not is_aside_sheet(head) else ():
        columns = read_columns(row)
        fits = columns.is_usable or (is_any and sum(map(bool, columns.header)) > 1)
        if fits and (best is None or columns.told > best.told):
            best, end = columns, number
    return best, end


def question_number(key: str) -> int | None:
    """The number in "cau 3: …" or "3. …", None when the header bears none."""
    match = _QUESTION.match(key)
    return int(match.group(1) or match.group(2)) if match else None


def _claims(key: str) -> Iterator[tuple[int, Meaning]]:
    """What a header may mean, with weights; of a question of the contest only the guess."""
    if not key or _MARKING.search(key):
        return
    label, discount = _as_label(key)
    for meaning, pattern, weight in _PATTERNS:
        if meaning is Meaning.GUESS and pattern.search(key):
            yield weight, meaning
        elif label and meaning is not Meaning.GUESS:
            match = pattern.search(label)
            if match and weight - discount >= _LIGHTEST and (not discount or match.start() < _OPENING):
                yield weight - discount, meaning


def _as_label(key: str) -> tuple[str, int]:
    """The header without its number, and a discount where it may be a question; empty where it surely is."""
    numbering = _NUMBERING.match(key)
    label = key[numbering.end() :] if numbering else key
    asks = key.endswith("?")
    if numbering is None:
        return label, _DISCOUNT if asks or len(key) > _LONG else 0
    long = asks or len(label) > _LABEL
    if numbering[1]:
        return ("" if long else label), _DISCOUNT
    return label, _DISCOUNT if long else 0


def _is_aside(key: str) -> bool:
    return bool(_MARKING.search(key) or (_ASIDE.search(key) and not _QUESTION.match(key)))


def _is_question(key: str) -> bool:
    return bool(_QUESTION.match(key)) or key.endswith("?") or len(key) > _LONG
