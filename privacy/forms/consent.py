"""Boxes by which somebody agrees to purposes, each by itself; none is ticked beforehand."""

from collections.abc import Collection, Mapping, Sequence

from wtforms import BooleanField

from core.web.forms import StaffForm


class AgreeingForm:
    """Mix-in of a form with a box for each free purpose, the field's name being the purpose."""

    def agreed(self, offered: Collection[str]) -> list[str]:
        """What was ticked of what was *offered*: a box that the page had not is none."""
        return [purpose for purpose in offered if self[purpose].data]  # type: ignore[index]

    def miss(self, offered: Sequence[str]) -> None:
        """Say at the first box on the page that none was ticked."""
        self[offered[0]].errors = ["Xin đánh dấu ít nhất một việc."]  # type: ignore[index]


class AgreeForm(AgreeingForm, StaffForm):
    """What somebody said that they agree to (again), each by itself."""


def agree_form(boxes: Mapping[str, str]) -> AgreeForm:
    """The form with these *boxes*: what each says, by purpose."""
    form: AgreeForm = type("AgreeForm", (AgreeForm,), {each: BooleanField(text) for each, text in boxes.items()})()
    return form
