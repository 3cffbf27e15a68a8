"""The blocs of a contest and their prizes as a plan writes them: a line of its own names the bloc of those below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.values.text import search_key
from quiz.contest.rules.prizes import Tier, written

_LEADS = ("khoi ", "doi tuong ", "bang ", "giai cho ", "giai ")


def find_bloc(line: str, blocs: Sequence[str]) -> int | None:
    """Return the number of the bloc that a *line* of prizes names as a heading, from 1; None for any other line.

    >>> find_bloc("Khối Người dân:", ["Cán bộ", "Người dân"]), find_bloc("Giải Nhất: 1", ["Người dân"])
    (2, None)
    """
    key = bloc_key(line)
    return next((at for at, name in enumerate(blocs, start=1) if bloc_key(name) == key), None)


def bloc_key(text: str) -> str:
    """Return the key by which spellings of a bloc are one: without marks, case, "khối" and a colon.

    >>> bloc_key("Khối cán bộ, công chức:") == bloc_key("CÁN BỘ CÔNG CHỨC")
    True
    """
    key = " ".join("".join(letter if letter.isalnum() else " " for letter in search_key(text)).split())
    return next((key.removeprefix(lead) for lead in _LEADS if key.startswith(lead)), key)


def prizes_text(tiers: Iterable[Tier], blocs: Sequence[str]) -> str:
    """Return prizes as the form shows them: those of every bloc first, then each bloc with its own.

    >>> print(prizes_text([Tier("Giải Nhất", 1), Tier("Giải Ba", 2, bloc=1)], ["Cán bộ"]))
    01 Giải Nhất
    Cán bộ:
    02 Giải Ba
    """
    listed = list(tiers)
    lines = [written(tier) for tier in listed if tier.bloc is None]
    for at, name in enumerate(blocs, start=1):
        own = [written(tier) for tier in listed if tier.bloc == at]
        lines += [f"{name}:", *own] if own else []
    return "\n".join(lines)
