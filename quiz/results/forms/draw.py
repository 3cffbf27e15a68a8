"""The form of a public draw: when and where it was held, who watched, and the tickets in the order drawn."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from wtforms import Field, SelectField, ValidationError
from wtforms.validators import InputRequired

from commune.forms import at_most, without_phone
from core.translation import gettext
from core.values.text import N_
from core.web.forms import DayField, PickField, ReasonField, StaffForm, TextField, options
from quiz.results.models.draw import LONGEST_AGAIN, LONGEST_PLACE, LONGEST_WITNESS
from quiz.results.rules.draws import MOST_RESERVES, DrawRecord

TICKET, RESERVE = "ticket", "reserve"
Offers = Sequence[tuple[str, str]]


def _witness(label: str) -> TextField:
    missing = N_("Xin ghi họ tên và nơi công tác của người chứng kiến.")
    return TextField(label, validators=[InputRequired(missing), at_most(LONGEST_WITNESS), without_phone])


class DrawForm(StaffForm):
    """The facts of a draw; `form_of` adds a list for each ticket drawn."""

    first_fields = ("held_on", "place")
    last_fields = ("witness_1", "witness_2", "again", "reason")

    held_on = DayField(N_("Ngày bốc thăm"), format="%Y-%m-%d", validators=[InputRequired(N_("Xin ghi ngày bốc thăm."))])
    place = TextField(
        N_("Địa điểm"),
        validators=[InputRequired(N_("Xin ghi nơi bốc thăm.")), at_most(LONGEST_PLACE), without_phone],
    )
    witness_1 = _witness(N_("Người chứng kiến thứ nhất"))
    witness_2 = _witness(N_("Người chứng kiến thứ hai"))
    reason = ReasonField(N_("Lời nhắn cho người phê duyệt"), validators=[at_most(500), without_phone])

    def validate_witness_2(self, field: Field) -> None:
        """Refuse one witness twice."""
        if field.data and field.data.casefold() == (self.witness_1.data or "").casefold():
            raise ValidationError(N_("Cần hai người chứng kiến khác nhau."))

    @property
    def tickets(self) -> list[Field]:
        """The lists from which the tickets drawn are chosen, in the order of the draw."""
        return [each for each in self if each.name.startswith((f"{TICKET}_", f"{RESERVE}_"))]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check also that no ticket was drawn twice, and that reserves follow one another."""
        is_valid = super().validate(extra_validators)
        return self._check_tickets() and is_valid

    def _check_tickets(self) -> bool:
        seen = Counter[int]()
        for field in self.tickets:
            seen[field.data or 0] += 1
            if field.data and seen[field.data] > 1:
                field.errors = [*field.errors, N_("Phiếu này đã chọn ở trên.")]
            elif field.data and seen[0]:
                field.errors = [*field.errors, N_("Xin chọn lần lượt: mục trên còn trống.")]
        return not any(field.errors for field in self.tickets)

    def written(self) -> DrawRecord:
        """Return what the valid form says."""
        again = self["again"].data if "again" in self else None
        return DrawRecord(
            held_on=self.held_on.data,
            place=self.place.data,
            witnesses=(self.witness_1.data, self.witness_2.data),
            tickets=tuple(field.data for field in self.tickets if field.data),
            again=again or None,
        )


def form_of(places: Sequence[str], offers: Offers, *, is_again: bool) -> type[DrawForm]:
    """Return the form with a list of tickets for each of *places*, the words of the prizes, and for some reserves.

    *offers* are the tickets of everybody in the group, with their words.
    """
    more: dict[str, object] = {}
    for at, words in enumerate(places, start=1):
        missing = N_("Xin chọn phiếu bốc được.")
        more[f"{TICKET}_{at}"] = PickField(words, missing=missing, choices=options([("", N_("Xin chọn")), *offers]))
    reserves = min(MOST_RESERVES, len(offers) - len(places))
    for at in range(1, reserves + 1):
        choices = options([("", N_("Không bốc")), *offers])
        label = gettext("Dự khuyết %(n)s", n=at) if reserves > 1 else N_("Dự khuyết")
        more[f"{RESERVE}_{at}"] = SelectField(label, coerce=_ticket, choices=choices)
    if is_again:
        needed = InputRequired(N_("Xin ghi vì sao phải ghi lại kết quả bốc thăm."))
        more["again"] = ReasonField(
            N_("Vì sao ghi lại (được công bố)"), validators=[needed, at_most(LONGEST_AGAIN), without_phone]
        )
    return type("DrawFormOfGroup", (DrawForm,), more)


def _ticket(value: str | int | None) -> int | None:
    return int(value) if value else None
