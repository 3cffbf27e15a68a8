"""The columns of a sheet of papers, and the questions among them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from core.sheets.cells import Row, text_of
from core.sheets.columns import SheetColumn, headers, is_aside_sheet, judged, patterns, recognise, weigh
from core.values.text import N_, search_key
from quiz.attempt.files import judges
from quiz.contest.files import people


class Meaning(StrEnum):
    """The meaning of a column; TIME is a moment or a duration, distinguished by its cells."""

    NAME = "name"
    FAMILY = "family"
    PHONE = "phone"
    UNIT = "unit"
    BIRTH = "birth"
    SCORE = "score"
    SUBMITTED = "submitted"
    CLOCK = "clock"
    STARTED = "started"
    DURATION = "duration"
    TIME = "time"
    GUESS = "guess"
    BLOC = "bloc"


COLUMNS = (
    people.NAME,
    people.FAMILY,
    people.PHONE,
    people.BIRTH,
    people.UNIT,
    SheetColumn(
        Meaning.SUBMITTED.value,
        N_("Thời điểm nộp bài"),
        (
            (r"\bdau thoi gian\b|\btimestamp\b|\bcompletion time\b|\bsubmi(t|tted|ssion)\b|\bsubmitdate\b", 11),
            (r"\b(thoi (gian|diem)|ngay|gio|luc) (nop|gui|ket thuc|du thi|tham gia|thi\b)|\bngay gio|\bthoi diem", 9),
            (r"^ngay( thang( nam)?)?$|^date$", 4),
        ),
        N_("Ngày/tháng/năm giờ:phút:giây. Bỏ trống thì xếp sau mọi bài có ghi."),
        judge=judges.moments,
    ),
    SheetColumn(
        Meaning.CLOCK.value,
        N_("Giờ nộp bài, nếu ghi ở cột khác với ngày"),
        ((r"\b(thoi (gian|diem)|gio|luc) (nop|gui|ket thuc|du thi|tham gia|thi\b)|^gio\b|^time$", 10),),
        judge=judges.clocks,
    ),
    SheetColumn(
        Meaning.STARTED.value,
        N_("Thời điểm bắt đầu"),
        ((r"bat dau|start", 12),),
    ),
    SheetColumn(
        Meaning.DURATION.value,
        N_("Thời gian làm bài"),
        (
            (r"(thoi gian|t/?g) (lam|tra loi|thuc hien|su dung|thi\b)|thoi luong|duration|time (taken|spent)", 12),
            (r"tong thoi gian|so (giay|phut)|\b(giay|phut|seconds|minutes)\b", 8),
        ),
        N_("Phút:giây, hoặc “4 phút 12 giây”."),
    ),
    SheetColumn(
        Meaning.TIME.value,
        N_("Thời gian (lúc nộp hoặc làm trong bao lâu)"),
        (
            (r"thoi gian hoan thanh", 7),
            (r"^thoi gian|^time$", 3),
        ),
    ),
    SheetColumn(
        Meaning.SCORE.value,
        N_("Điểm"),
        (
            (r"\bso (cau|dap an)( tra loi)? dung\b|^(?!.*\b(nguoi|luot|ty le|phan tram)\b).*\btra loi dung\b", 12),
            (r"^(?!.*\b(people|persons?|participants?)\b).*\bcorrect\b", 12),
            (r"\bdiem so\b|\btong( so)? diem\b|\bscores?\b|\btotal points\b", 10),
            (r"^diem\b(?! (danh|den|truong|tru|cau)\b)|^so diem\b|^points$", 6),
            (r"^ket qua\b", 3),
        ),
        N_("Số câu trả lời đúng."),
        judge=judges.scores,
    ),
    SheetColumn(
        Meaning.GUESS.value,
        N_("Dự đoán"),
        (
            (r"\bdu doan\b|\bguess|\bpredict", 20),
            (r"\b(so|bao nhieu|may)( luong)? (nguoi|ban|luot)\b.*\bdung\b", 18),
            (r"\b(so luong|so|bao nhieu|may) nguoi\b.*\b(du thi|tham gia|tham du)\b", 13),
        ),
        N_("Số mà người dự thi dự đoán."),
        judge=judges.guesses,
    ),
    SheetColumn(
        Meaning.BLOC.value,
        N_("Đối tượng dự thi"),
        ((r"\bdoi tuong\b|^khoi\b|\bbang (thi|du thi)\b|\bbloc\b|\bnhom (tuoi|du thi|doi tuong)\b", 9),),
        judge=judges.blocs,
    ),
)
"""The possible meanings of a column, in the order of the form. A pattern is searched in the header's search key."""
TITLES = {Meaning(column.name): column.title for column in COLUMNS}
_RESULTS = frozenset({Meaning.SUBMITTED, Meaning.DURATION, Meaning.SCORE, Meaning.GUESS})
_TOLD = _RESULTS | {Meaning.NAME, Meaning.PHONE, Meaning.BIRTH, Meaning.UNIT}
"""Meanings of which a second column is reported, since taking the wrong one changes the ranking."""
_QUESTION = re.compile(r"(?:cau(?: hoi)?(?: so)?|question|q) ?[.:]? ?(\d{1,3})\b|(\d{1,3}) ?[.):]")
_MARKING = re.compile(r"\[(diem so|phan hoi|score|feedback)\]|^(points|feedback|diem|phan hoi) ?- |quiz feedback")
_ASIDE = re.compile(
    r"mail|^stt$|^tt$|so thu tu|^id$|^no\.?$|^ghi chu|^note|gioi tinh|dan toc|nghe nghiep|chuc vu|"
    r"^(so )?(cccd|cmnd|can cuoc)|doi tuong|^khoi\b|last modified|token|\bip\b|\bincorrect\b|tra loi sai"
)
_NUMBERING = re.compile(r"(cau(?: hoi)?(?: so)? ?|question ?|q ?)?\d{1,3} ?[.:)]? ?")
_LABEL = 40  # "1. Số điện thoại" is still a label, a longer numbered header a question
_OPENING, _DISCOUNT = 20, 5  # a question may ask for a label in its first words, but weighs less
_LIGHTEST = 3
_LONG = 60  # a header longer than this is a question, whatever words it contains
_CERTAIN = 8  # from this weight on a header is no question, even when a better column took its meaning


@dataclass(frozen=True)
class Columns:
    """The place of each meaning; the question columns with their numbers; the other columns, for an answer key."""

    header: tuple[str, ...]
    places: Mapping[Meaning, int]
    questions: tuple[tuple[int, int | None], ...]
    others: tuple[int, ...]
    rivals: Mapping[int, Meaning] = field(default_factory=dict)
    """The columns whose titles surely claim the meaning that another column was taken for."""
    unlike: Mapping[int, Meaning] = field(default_factory=dict)
    """The columns whose titles surely claim a result that their cells are not."""

    @property
    def is_usable(self) -> bool:
        """Whether the header names people and either their score or their answers."""
        return Meaning.NAME in self.places and (Meaning.SCORE in self.places or bool(self.answers))

    @property
    def answers(self) -> tuple[tuple[int, int | None], ...]:
        return self.questions or tuple((place, None) for place in self.others)

    @property
    def recognised(self) -> int:
        """Return the number of columns with a recognised meaning or question number."""
        return len(self.places) + len({number for _, number in self.questions} - {None})

    def title(self, meaning: Meaning) -> str:
        """Return the header's search key, empty if there is no such column."""
        return search_key(self.header[self.places[meaning]]) if meaning in self.places else ""


def read_columns(row: Row, below: Sequence[Row] = ()) -> Columns:
    """Return the meanings of one row taken as a header, by its words and the rows *below*; each meaning and each
    column is used once.
    """
    header = tuple(text_of(cell) if isinstance(cell, str) else "" for cell in row)
    keys = [search_key(text) for text in header]
    places = {Meaning(name): place for name, place in recognise(header, COLUMNS, _weigh, below).items()}
    given = people.split_name(header, {meaning.value: place for meaning, place in places.items()}, below)
    if given is not None:
        places |= {Meaning.FAMILY: places[Meaning.NAME], Meaning.NAME: given}
    certain = {at for at, key in enumerate(keys) if any(_weigh(key, column) >= _CERTAIN for column in COLUMNS)}
    spoken_for = certain | set(places.values())
    free = [p for p, key in enumerate(keys) if key and p not in spoken_for and not _is_aside(key)]
    questions = tuple((p, question_number(keys[p])) for p in free if _is_question(keys[p]))
    taken = {place for place, _ in questions}
    others = tuple(p for p in free if p not in taken)
    rivals, unlike = _unread(keys, places, below, spoken_for - set(places.values()))
    return Columns(header, places, questions, others, rivals, unlike)


def _unread(
    keys: Sequence[str], places: Mapping[Meaning, int], below: Sequence[Row], unread: Collection[int]
) -> tuple[dict[int, Meaning], dict[int, Meaning]]:
    """Return the *unread* columns whose meaning another column has, and those whose cells do not have it."""
    rivals, unlike = {}, {}
    for place in unread:
        best = max(COLUMNS, key=lambda column: _weigh(keys[place], column))
        meaning, fits = Meaning(best.name), judged(best, below, place) >= 0
        if meaning in _TOLD and meaning in places and fits:
            rivals[place] = meaning
        elif meaning in _RESULTS and meaning not in places and not fits:
            unlike[place] = meaning
    return rivals, unlike


def best_header(head: Sequence[Row], *, is_any: bool = False) -> tuple[Columns | None, int]:
    """Return the columns of the most informative header in *head*, and the number of rows up to its end.

    A sheet of examples has none. With *is_any* a header that names no people or results is accepted if it has two
    titles,
    since a person may choose the columns.
    """
    best: Columns | None = None
    end = 0
    for row, number in headers(head) if not is_aside_sheet(head) else ():
        columns = read_columns(row, head[number:])
        fits = columns.is_usable or (is_any and sum(map(bool, columns.header)) > 1)
        if fits and (best is None or columns.recognised > best.recognised):
            best, end = columns, number
    return best, end


def question_number(key: str) -> int | None:
    """Return the number in "cau 3: …" or "3. …", None if the header has none."""
    match = _QUESTION.match(key)
    return int(match.group(1) or match.group(2)) if match else None


def _weigh(key: str, column: SheetColumn) -> int:
    """Return the weight of a header as one of the columns; a question of the contest has only the weight of the
    guess.
    """
    if not key or _MARKING.search(key):
        return 0
    if column.name == Meaning.GUESS:
        return weigh(key, column)
    label, discount = _as_label(key)
    if not label:
        return 0
    found = ((pattern.search(label), weight - discount) for pattern, weight in patterns(column))
    return max((weight for match, weight in found if match and _is_claim(match.start(), weight, discount)), default=0)


def _is_claim(start: int, weight: int, discount: int) -> bool:
    return weight >= _LIGHTEST and (not discount or start < _OPENING)


def _as_label(key: str) -> tuple[str, int]:
    """Return the header without its number, and a discount if it may be a question; empty if it certainly is one."""
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
