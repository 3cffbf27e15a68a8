"""The name of a prize as a page prints it."""

from collections.abc import Mapping
from typing import Protocol

from core.translation import translate
from core.values.content import content_of, shown
from core.values.text import N_

USUAL = frozenset(
    {
        N_("Giải Nhất"),
        N_("Giải Nhì"),
        N_("Giải Ba"),
        N_("Giải Khuyến khích"),
        N_("Giải Nhất tập thể"),
        N_("Giải Nhì tập thể"),
        N_("Giải Ba tập thể"),
        N_("Giải Khuyến khích tập thể"),
        N_("Giải Nhất chung cuộc"),
        N_("Giải Nhì chung cuộc"),
        N_("Giải Ba chung cuộc"),
        N_("Giải Khuyến khích chung cuộc"),
    }
)
"""The prizes that most contests have, whose names are sentences of ours."""


class WithPrizes(Protocol):
    """A contest."""

    @property
    def prize_texts(self) -> Mapping[str, str]:
        """The names of its prizes in the present language by their Vietnamese names."""


def prize_name(name: str, contest: WithPrizes) -> str:
    """Return the Vietnamese *name* of a prize of *contest* with its text in the present language: the contest's own,
    else ours for a usual one.
    """
    return prize_in(contest.prize_texts, name)


def prize_shown(name: str | None, contest: WithPrizes, bloc: str = "") -> str:
    """Return a prize in the present language with the name of its bloc, as a plain string; nothing without one."""
    words = shown(prize_name(name, contest)) if name else ""
    return f"{words}, {bloc}" if words and bloc else words


def prize_in(texts: Mapping[str, str], name: str) -> str:
    """Return *name* with its text of *texts*, else ours for a usual prize."""
    return content_of(name, texts.get(name) or (translate(name) if name in USUAL else None))
