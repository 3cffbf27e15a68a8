"""Template filters for words, numbers, dates and codes: 11.963 · 87,3 % · 05/06/2023 · 7K3M-9QXD.

`translated` says a sentence in the present language; `_()` would format it, so that a `%` that a person has typed
breaks the page. `kept` says one that is stored with its places filled.
"""

from collections.abc import Callable

from flask import Flask
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from core.kept_sentences import Speaker, say_kept
from core.translation import translate
from core.values import dates, numbers, phone
from core.values.codes import in_fours
from core.values.headings import unbroken, with_units
from core.web.extensions import settings
from core.web.language import named

_PAGE = Speaker(escape, named)


def init_app(app: Flask) -> None:
    """Register the filters and the values that every template can use."""
    app.jinja_env.filters.update(
        day=dates.day,
        dated=dates.dated,
        weekday=dates.weekday,
        moment=dates.moment,
        time_of_day=dates.time_of_day,
        deadline=dates.deadline,
        month=dates.month,
        weekday_short=dates.weekday_short,
        day_short=dates.day_short,
        duration=lambda milliseconds: with_units(dates.duration(milliseconds)),
        thousands=numbers.thousands,
        stopwatch=numbers.stopwatch,
        decimal=numbers.decimal,
        percent=numbers.percent,
        percentage=numbers.percentage,
        masked=phone.mask,
        dialled=phone.dialled,
        in_fours=in_fours,
        unbroken=_keeping_markup(unbroken),
        with_units=_keeping_markup(with_units),
        translated=translate,
        kept=_kept,
    )
    app.jinja_env.globals.update(
        csrf_token=generate_csrf, span_short=dates.span_short, percent_sign=numbers.percent_sign
    )
    app.context_processor(_everywhere)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _keeping_markup(change: Callable[[str], str]) -> Callable[[str], str]:
    """Return *change* as a filter that leaves text safe that was safe; it may only change spaces."""
    return lambda text: Markup(change(text)) if hasattr(text, "__html__") else change(text)  # noqa: S704


def _kept(text: str) -> str:
    """Return a stored sentence in the language of the page, the names in it marked as content."""
    return say_kept(text, _PAGE)


def _everywhere() -> dict[str, object]:
    """Return the values about the installation that every template can use."""
    current = settings()
    return {"brand": current.brand, "local_address": current.public_url if current.is_local else ""}
