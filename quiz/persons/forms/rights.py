"""The form of a participant's page about their own data."""

from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.validators import Length, Optional

from core.values.text import N_, clean
from core.web.forms import options
from privacy.forms.consent import AgreeingForm
from privacy.forms.requests import LONGEST
from privacy.labels import KIND
from privacy.rules.deadlines import Kind
from quiz.attempt.forms.entry import EnterForm
from quiz.attempt.forms.nickname import NicknameField
from quiz.contest.labels.consent import CONSENT
from quiz.contest.rules.consent import WORDING, Purpose

ONLINE = [(kind.value, KIND[kind]) for kind in Kind if kind not in (Kind.WITHDRAW, Kind.AGREE)]
"""Kinds of request on the page; withdrawing and giving a consent need no answer and have their own buttons."""


class RightsForm(AgreeingForm, EnterForm):
    """The participant's code, and an act: withdraw a consent, give one, or send a request."""

    act = HiddenField()
    named = BooleanField(CONSENT[WORDING][Purpose.NAMED])
    reached = BooleanField(CONSENT[WORDING][Purpose.REACHED])
    nickname = NicknameField(lazy_gettext("Biệt danh"))
    kind = SelectField(
        N_("Bạn yêu cầu điều gì?"), choices=options(ONLINE), default=Kind.VIEW.value, validators=[Optional()]
    )
    details = TextAreaField(
        N_("Nói rõ thêm"),
        filters=[lambda text: clean(text or "")],
        validators=[
            Length(max=LONGEST, message=lazy_gettext("Dài quá %(longest)s chữ. Xin rút ngắn lại.", longest=LONGEST))
        ],
    )

    def body(self) -> dict[str, Any]:
        """Return the content by which a request sent twice is recognised."""
        return {"code": self.readings[0], "kind": self.kind.data, "details": self.details.data}
