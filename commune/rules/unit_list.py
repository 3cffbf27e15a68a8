"""Check a typed list of villages, agencies or schools of one unit, line by line, before they are added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from commune.rules.directory import OWN, DatedUnit, Directory
from commune.rules.unit_import import Add, UnitChange, Wish, plan
from core.values.place import near_key
from core.values.text import N_, Sentence, fold, search_key

WORDS = ("to dan pho", "khu pho", "thon", "ban", "xom", "ap", "buon", "lang", "khu", "to", "truong")
"""Words that begin a name and are left out when names are compared, the longest first."""
_NOT_HERE = N_("Ở đây chỉ thêm thôn, tổ dân phố, cơ quan, trường. “%(name)s” là đơn vị hành chính.")


class LineState(StrEnum):
    """The effect of a line of the list."""

    NEW = "new"
    COUNTED = "counted"
    KNOWN = "known"
    REPEATED = "repeated"
    WRONG = "wrong"


@dataclass(frozen=True)
class CheckedLine:
    """A line: the unit that it names, what it does, and why it is wrong.

    `like` is the name of another unit that it resembles, `like_row` its line, None for a unit that exists already.
    """

    row: int
    name: str
    state: LineState
    people: int | None = None
    why: str = ""
    like: str = ""
    like_row: int | None = None


@dataclass(frozen=True)
class CheckedUnits:
    """The lines in their order, and the changes that they make."""

    lines: Sequence[CheckedLine]
    changes: Sequence[UnitChange]

    @property
    def is_wrong(self) -> bool:
        """Whether a line is wrong; then nothing is added."""
        return any(line.state is LineState.WRONG for line in self.lines)

    @property
    def added(self) -> int:
        """The number of new units."""
        return sum(line.state is LineState.NEW for line in self.lines)

    @property
    def are_villages(self) -> bool:
        """Whether the new units are villages alone."""
        kinds = {change.unit.last.kind for change in self.changes if isinstance(change, Add)}
        return kinds == {"village"}

    @property
    def kept(self) -> int:
        """The number of lines that add a unit or store a headcount."""
        return sum(line.state in (LineState.NEW, LineState.COUNTED) for line in self.lines)

    @property
    def does_nothing(self) -> bool:
        """Whether no line adds or changes anything."""
        return not self.changes


def likeness_key(name: str) -> str:
    """Return the key that names have in common which differ by marks, by the word before them or by a leading zero.

    >>> likeness_key("thôn Nà Tông") == likeness_key("Bản Na Tong")
    True
    >>> likeness_key("tổ 05") == likeness_key("Tổ dân phố 5")
    True
    >>> likeness_key("thôn 1") == likeness_key("thôn 11")
    False
    """
    key = search_key(name)
    word = next((word for word in WORDS if key.startswith(f"{word} ")), "")
    words = key.removeprefix(word).split()
    return " ".join(near_key(part.lstrip("0") if part.isdigit() else part) for part in words)


def check_units(
    directory: Directory, parent: DatedUnit, wishes: Sequence[Wish], wrong: Sequence[tuple[int, str, str]], today: date
) -> CheckedUnits:
    """Return what each of *wishes* below *parent* does; *wrong* are lines that could not be read (row, text, reason).

    *directory* has the parent and the units below it, and is changed. No wishes make no changes.
    """
    known = {_key(each.last.kind, name.name): each for each in directory.below.get(parent, ()) for name in each.names}
    lines = [CheckedLine(row, text, LineState.WRONG, why=why) for row, text, why in wrong]
    lines += [_not_here(wish) for wish in wishes if wish.kind not in OWN]
    own = [wish for wish in wishes if wish.kind in OWN]
    made = plan(directory, own, today)
    refused, changed = dict(made.wrong), {row for row, _text in made.sentences}
    seen: dict[tuple[str, str], int] = {}
    near: dict[str, tuple[str, int | None]] = {
        likeness_key(name): (each.last.name, None) for (_kind, name), each in known.items()
    }
    for wish in own:
        lines.append(_line(wish, known, seen, near, refused, is_changed=wish.row in changed))
        seen.setdefault(_key(wish.kind, wish.name), wish.row)
        near.setdefault(likeness_key(wish.name), (wish.name, wish.row))
    return CheckedUnits(sorted(lines, key=lambda line: line.row), made.changes)


def _not_here(wish: Wish) -> CheckedLine:
    return CheckedLine(wish.row, wish.name, LineState.WRONG, why=Sentence(_NOT_HERE, name=wish.name))


def _line(
    wish: Wish,
    known: dict[tuple[str, str], DatedUnit],
    seen: dict[tuple[str, str], int],
    near: dict[str, tuple[str, int | None]],
    refused: dict[int, str],
    *,
    is_changed: bool,
) -> CheckedLine:
    key, people = _key(wish.kind, wish.name), wish.people
    if wish.row in refused:
        return CheckedLine(wish.row, wish.name, LineState.WRONG, people, why=refused[wish.row])
    if key in known:
        return CheckedLine(wish.row, wish.name, LineState.COUNTED if is_changed else LineState.KNOWN, people)
    if key in seen:
        return CheckedLine(wish.row, wish.name, LineState.REPEATED, people, like=wish.name, like_row=seen[key])
    like, row = near.get(likeness_key(wish.name), ("", None))
    return CheckedLine(wish.row, wish.name, LineState.NEW, people, like=like, like_row=row)


def _key(kind: str | None, name: str) -> tuple[str, str]:
    return kind or "", fold(name)
