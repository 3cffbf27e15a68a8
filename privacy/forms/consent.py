"""Forms with a box for each purpose to agree to; none is ticked beforehand."""

from collections.abc import Collection, Mapping, Sequence

from wtforms import BooleanField

from core.values.text import N_
from core.web.forms import StaffForm


class AgreeingForm:
    """Mix-in of a form with a box for each free purpose, the field's name being the purpose."""

    def agreed(self, offered: Collection[str]) -> list[str]:
        """Return the ticked purposes among those *offered*; a box that the page did not have counts for nothing."""
        return [purpose for purpose in offered if self[purpose].data]  # type: ignore[index]

    def miss(self, offered: Sequence[str]) -> None:
        """Say at the first box of the page that none was ticked."""
        self[offered[0]].errors = [N_("Xin đánh dấu ít nhất một việc.")]  # type: ignore[index]


class AgreeForm(AgreeingForm, StaffForm):
    """The boxes for a consent given by phone, on paper or at a counter."""


def agree_form(boxes: Mapping[str, str]) -> AgreeForm:
    """Return the form with these *boxes*: the text of each by its purpose."""
    form: AgreeForm = type("AgreeForm", (AgreeForm,), {each: BooleanField(text) for each, text in boxes.items()})()
    return form
