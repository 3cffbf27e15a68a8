"""How numbers, dates and codes look on a page: 11.963 · 87,3 % · 05/6/2023 · 7K3M-9QXD."""

from datetime import date, datetime, time, timedelta

from flask import Flask
from flask_wtf.csrf import generate_csrf

from core.values import numbers, phone
from core.values.codes import in_fours
from core.values.week import VIETNAM
from core.web.extensions import settings

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def day(value: date | datetime) -> str:
    """A local day: 05/06/2023."""
    if isinstance(value, datetime):
        value = value.astimezone(VIETNAM).date()
    return f"{value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """A local moment: 09:05 thứ Hai, 05/06/2023."""
    local = value.astimezone(VIETNAM)
    return f"{local:%H:%M} {WEEKDAYS[local.weekday()]}, {local:%d/%m/%Y}"


def deadline(value: datetime) -> str:
    """Until when: midnight is told by the day it ends, "hết Chủ nhật, 11/06/2023"; any other moment as it is."""
    local = value.astimezone(VIETNAM)
    if local.time() != time():
        return moment(value)
    last = local - timedelta(days=1)
    return f"hết {WEEKDAYS[last.weekday()]}, {last:%d/%m/%Y}"


def month(value: date) -> str:
    """A month: tháng 6/2026."""
    return f"tháng {value.month}/{value.year}"


def duration(milliseconds: int) -> str:
    """A duration cut to whole seconds: 4 phút 12 giây."""
    return numbers.clock_text(milliseconds // 1000)


def init_app(app: Flask) -> None:
    """Teach the templates of *app* these words."""
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        deadline=deadline,
        month=month,
        duration=duration,
        thousands=numbers.thousands,
        decimal=numbers.decimal,
        percent=numbers.percent,
        masked=phone.mask,
        in_fours=in_fours,
    )
    app.jinja_env.globals.update(csrf_token=generate_csrf)
    app.context_processor(_everywhere)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _everywhere() -> dict[str, object]:
    """What any template may say of the installation."""
    told = settings()
    return {"brand": told.brand, "local_address": told.public_url if told.is_local else ""}
