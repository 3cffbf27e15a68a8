"""What a participant may do about their own data by their code alone."""

from typing import Any

from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.validators import Length, Optional

from core.values.text import clean
from core.web.forms import options
from privacy.forms.consent import AgreeingForm
from privacy.forms.requests import LONGEST
from privacy.labels import KIND
from privacy.rules.deadlines import Kind
from quiz.attempt.forms.entry import EnterForm
from quiz.contest.labels import CONSENT
from quiz.contest.rules.consent import WORDING, Purpose

ONLINE = [(kind.value, KIND[kind]) for kind in Kind if kind not in (Kind.WITHDRAW, Kind.AGREE)]
"""Withdrawing a consent, and giving it again, needs nobody's answer: each has a button of its own."""


class RightsForm(AgreeingForm, EnterForm):
    """One's own code, and what one wants: to withdraw a consent, to give one, or to ask for something."""

    act = HiddenField()
    named = BooleanField(CONSENT[WORDING][Purpose.NAMED])
    reached = BooleanField(CONSENT[WORDING][Purpose.REACHED])
    kind = SelectField(
        "Bạn yêu cầu điều gì?", choices=options(ONLINE), default=Kind.VIEW.value, validators=[Optional()]
    )
    details = TextAreaField(
        "Nói rõ thêm", filters=[lambda text: clean(text or "")],
        validators=[Length(max=LONGEST, message=f"Dài quá {LONGEST} chữ. Xin rút ngắn lại.")],
    )  # fmt: skip

    def body(self) -> dict[str, Any]:
        """What makes two sendings the same request."""
        return {"code": self.read, "kind": self.kind.data, "details": self.details.data}
