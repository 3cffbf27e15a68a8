"""Template filters for numbers, dates and codes: 11.963 · 87,3 % · 05/06/2023 · 7K3M-9QXD."""

from flask import Flask
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

from core.values import dates, numbers, phone
from core.values.codes import in_fours
from core.web.extensions import settings


def init_app(app: Flask) -> None:
    """Register the filters and the values that every template can use."""
    app.jinja_env.filters.update(
        day=dates.day,
        weekday=dates.weekday,
        moment=dates.moment,
        deadline=dates.deadline,
        month=dates.month,
        duration=dates.duration,
        thousands=numbers.thousands,
        decimal=numbers.decimal,
        percent=numbers.percent,
        masked=phone.mask,
        dialled=phone.dialled,
        in_fours=in_fours,
        translated=translated,
    )
    app.jinja_env.globals.update(csrf_token=generate_csrf)
    app.context_processor(_everywhere)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def translated(text: str) -> str:
    """Return a text in the present language if the catalog has it, else as it is; `_()` would format it, so that a `%`
    that somebody has typed breaks the page.
    """
    return str(gettext(text)) if text else ""


def _everywhere() -> dict[str, object]:
    """Return the values about the installation that every template can use."""
    current = settings()
    return {"brand": current.brand, "local_address": current.public_url if current.is_local else ""}
