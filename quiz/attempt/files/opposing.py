"""Columns of a sheet that speak against the rules by which it is ranked or imported."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from core.sheets.cells import quoted, text_of
from core.translation import gettext
from core.values.numbers import thousands
from core.values.text import N_, search_key
from quiz.attempt.files.columns import TITLES, Meaning
from quiz.attempt.files.sheet import Table
from quiz.contest.rules.presets import GuessTarget, Rules

_PERFECT = re.compile(r"\bdung\b")
_TURNS = re.compile(r"\b(so|bao nhieu|may) luot\b")
_SHARE = re.compile(r"\bty le\b|\bphan tram\b|%")
_PEOPLE = re.compile(r"\b(nguoi|thi sinh|ban)\b.*\b(du thi|tham gia|tham du)\b|\bso (nguoi|thi sinh)$")
_GUESSED: dict[GuessTarget, str] = {
    GuessTarget.NONE: N_("không xét dự đoán"),
    GuessTarget.PERFECT: N_("so dự đoán với số người trả lời đúng tất cả"),
    GuessTarget.PEOPLE: N_("so dự đoán với số người dự thi"),
    GuessTarget.PERCENT: N_("so dự đoán với tỷ lệ người trả lời đúng tất cả"),
}
_OTHER_GUESS = N_(
    "Cột %(title)s có vẻ dự đoán %(said)s, còn thể lệ đang dùng %(rule)s: thứ hạng theo dự đoán có thể sai."
)
_NO_GUESS = N_("Tệp có cột %(title)s, còn thể lệ đang dùng không xét dự đoán.")
_BLOCS = N_(
    "Cột %(title)s chia %(count)s đối tượng (%(blocs)s); thể lệ đang dùng xếp chung một bảng. "
    "Nếu xếp hạng và trao giải riêng thì thêm --by-bloc khi xếp hạng, hoặc lập cuộc thi có khối."
)
_UNREAD = N_("Cột %(title)s không được đọc: đã lấy cột %(taken)s làm “%(meaning)s”.")
_UNLIKE = N_("Cột %(title)s không được đọc: phần lớn ô của cột không đọc được thành “%(meaning)s”.")
_BESIDE = N_("Cột %(title)s thứ hai không được đọc: có vẻ bên cạnh còn một bảng nữa, muốn tính thì tách ra một tệp.")
_BLOCS_SHOWN, _MOST_BLOCS = 6, 30


def opposing_columns(table: Table, rules: Rules, *, ranks_apart: bool = False) -> list[str]:
    """Return a note for each column that asks for other rules than *rules*, and for each that lost its meaning to
    another column. Blocs do not where the ranking *ranks_apart*.
    """
    return [*_guesses(table, rules), *([] if ranks_apart else _blocs(table)), *_rivals(table)]


def _guesses(table: Table, rules: Rules) -> Iterator[str]:
    if Meaning.GUESS not in table.columns.places:
        return
    title = quoted(table.columns.header[table.columns.places[Meaning.GUESS]])
    if rules.guess_target is GuessTarget.NONE:
        yield gettext(_NO_GUESS, title=title)
        return
    said, target = _guessed_at(table.columns.title(Meaning.GUESS))
    if said and target is not rules.guess_target:
        yield gettext(_OTHER_GUESS, title=title, said=said, rule=_GUESSED[rules.guess_target])


def _guessed_at(key: str) -> tuple[str, GuessTarget | None]:
    """Return what the title of a column of guesses says that is guessed, in words and as a target; no words if it is
    open.
    """
    if _SHARE.search(key):
        return N_("một tỷ lệ"), GuessTarget.PERCENT
    if _PERFECT.search(key):
        return N_("số người trả lời đúng"), GuessTarget.PERFECT
    if _TURNS.search(key):
        return N_("số lượt dự thi"), None
    return (N_("số người dự thi"), GuessTarget.PEOPLE) if _PEOPLE.search(key) else ("", None)


def _blocs(table: Table) -> Iterator[str]:
    found = Counter(text for cell in table.column(Meaning.BLOC) if (text := text_of(cell)))
    kinds = {search_key(text): text for text in reversed(found)}
    if 1 < len(kinds) <= _MOST_BLOCS:
        shown = "; ".join(list(kinds.values())[::-1][:_BLOCS_SHOWN])
        title = quoted(table.columns.header[table.columns.places[Meaning.BLOC]])
        yield gettext(_BLOCS, title=title, count=thousands(len(kinds)), blocs=shown)


def _rivals(table: Table) -> Iterator[str]:
    header, places = table.columns.header, table.columns.places
    for place, meaning in sorted(table.columns.rivals.items()):
        title, taken = quoted(header[place]), quoted(header[places[meaning]])
        yield gettext(_BESIDE if title == taken else _UNREAD, title=title, taken=taken, meaning=TITLES[meaning])
    for place, meaning in sorted(table.columns.unlike.items()):
        yield gettext(_UNLIKE, title=quoted(header[place]), meaning=TITLES[meaning])
