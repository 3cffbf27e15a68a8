"""The pages that import a sheet of ratings into a counter."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for
from wtforms import BooleanField, Field, SelectField
from wtforms.validators import InputRequired, Optional

from core.values.text import N_
from core.web.forms import DayField, options
from core.web.importing import Back, ImportPages
from survey.counter.manage.office import blueprint, counter_or_404
from survey.counter.models import Counter
from survey.rating.files.columns import IMPORTED
from survey.rating.files.imports import RatingSheets
from survey.rating.labels import CHANNEL
from survey.rating.rules.channels import Channel


def back(counter: Counter) -> Back:
    """Return the link to the page of the counter's office."""
    return Back(url_for("survey_manage.counters", slug=counter.office.slug), counter.office.name)


def option_fields(chosen: Mapping[str, Any]) -> dict[str, Field]:
    """Return the fields for channel and day of rows without them, and whether equal rows are other forms."""
    day = chosen.get("day")
    return {
        "channel": SelectField(
            N_("Kênh của các phiếu không ghi kênh"),
            choices=options((each.value, CHANNEL[each]) for each in IMPORTED),
            default=chosen.get("channel", Channel.PAPER.value), validators=[InputRequired()],
        ),
        "day": DayField(
            N_("Ngày của các phiếu không ghi ngày"), format="%Y-%m-%d", validators=[Optional()],
            default=date.fromisoformat(day) if day else None,
        ),
        "other_forms": BooleanField(
            N_("Các dòng trùng là phiếu khác, không phải bảng cũ: nhập cả những dòng này"),
            default=bool(chosen.get("other_forms")),
        ),
    }  # fmt: skip


PAGES = ImportPages(
    kind=RatingSheets,
    permission="rating.import",
    find=counter_or_404,
    back=back,
    options=option_fields,
    options_template="survey/rating/manage/_import_options.html",
)
PAGES.add_to(blueprint, "/<slug>/quay/<int:number>/nhap")
