"""The name of a round as a page prints it."""

import re
from datetime import timedelta
from typing import Protocol

from core.translation import gettext, translate
from core.values.content import Content, content_of
from core.values.kept import kept
from core.values.language import DEFAULT, use
from core.values.text import N_

_WEEK = kept(N_("tuần %(number)s"))
_STAGE = kept(N_("Đợt %(number)s"))
_STAGE_WORDS = kept(N_("đợt %(number)s"))
STAGE = re.compile(_STAGE % {"number": r"(\d+)"})
ONLY_STAGE = N_("Đợt thi")
ONLY_STAGE_WORDS = N_("đợt thi")
"""The names that a pattern gives to rounds which are no weeks."""


class Named(Protocol):
    """A round, or what stands for one: its number, and its name where it is no week."""

    @property
    def number(self) -> int:
        """Its number in the contest."""

    @property
    def name(self) -> str:
        """Its own name; empty for a week."""


def round_name(round: Named) -> str:
    """Return the name of *round* as a line begins with it: Tuần 3, or its own."""
    return _own_name(round) or gettext("Tuần %(number)s", number=round.number)


def round_words(round: Named) -> str:
    """Return the name of *round* inside a sentence: tuần 3, đợt 3, or its own, which keeps its capitals."""
    name, stage = round.name, STAGE.fullmatch(round.name)
    if stage is not None and not isinstance(name, Content):
        return content_of(name[0].lower() + name[1:], gettext(_STAGE_WORDS, number=stage[1]))
    if name == ONLY_STAGE and not isinstance(name, Content):
        return content_of(ONLY_STAGE_WORDS, translate(ONLY_STAGE_WORDS))
    return _own_name(round) or gettext(_WEEK, number=round.number)


def how_late(late: timedelta) -> str:
    """Return for how long the promised hour of a round's results is past; empty while it is not."""
    if not late:
        return ""
    if late.days:
        return gettext("Quá giờ hẹn %(n)s ngày", n=late.days)
    hours = late // timedelta(hours=1)
    return gettext("Quá giờ hẹn %(n)s giờ", n=hours) if hours else gettext("Vừa quá giờ hẹn")


def kept_round(round: Named) -> str:
    """Return `round_words` as it is stored, in Vietnamese."""
    with use(DEFAULT):
        return str(round_words(round))


def _own_name(round: Named) -> str:
    """Return the name of *round*, with the sentence of ours for one that a pattern gave; empty for a week."""
    name, stage = round.name, STAGE.fullmatch(round.name)
    if isinstance(name, Content):
        return name
    if stage is not None:
        return content_of(name, gettext(_STAGE, number=stage[1]))
    return content_of(name, translate(name)) if name == ONLY_STAGE else name
