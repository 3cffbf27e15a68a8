"""The public draw that decided between two equal entries, in words."""

from flask_babel import gettext as _

from core.values.dates import day
from quiz.results.models import Draw
from quiz.results.queries.comparison import Compared

UNDRAWN = 1 << 30


def common_draw(one: Compared, other: Compared) -> Draw | None:
    """Return the draw in which both were; None where there was none, or it waits."""
    draws = [each.draw.draw if each.draw else None for each in (one, other)]
    return draws[0] if draws[0] is not None and draws[0] is draws[1] else None


def place_in(entry: Compared) -> int:
    """Return the place of *entry* in its draw; the last of all where it was not drawn."""
    place = entry.draw.place if entry.draw else None
    return UNDRAWN if place is None else place


def drawn_sentence(common: str, draw: Draw, upper: str, lower: str) -> str:
    """Return the sentence *common* with the draw that decided, the better one first."""
    return str(
        _(
            "%(common)s Bốc thăm công khai ngày %(day)s quyết định: %(upper)s trước, %(lower)s sau.",
            common=common,
            day=day(draw.held_on),
            upper=upper,
            lower=lower,
        )
    )


def place_words(entry: Compared) -> str:
    """Return the place of *entry* in its draw in words."""
    place = place_in(entry)
    return str(_("không bốc được") if place == UNDRAWN else _("thứ %(n)s", n=place))
