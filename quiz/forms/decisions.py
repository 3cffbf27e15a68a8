"""Which unit each doubtful spelling of a sheet means: what a person picks, side by side with what it may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from core.crypto import digest
from core.forms import StaffForm, options
from core.sheets.report import Doubt
from core.values.text import N_

SHOWN = 50
"""Spellings that are asked at once: a form of more parts is not read."""
OTHER = "khac"
_OTHER, _NOBODY = N_("Đơn vị khác, chọn bên dưới"), N_("(chọn đơn vị)")
_WHICH, _ELSE = N_("Đơn vị"), N_("Đơn vị khác cho “{spelled}”")


class DecisionForm(StaffForm):
    """Two fields a spelling: one of its candidates, or any other unit of the contest."""

    class Meta(StaffForm.Meta):
        csrf = False  # it is sent within a form that has its own


@dataclass(frozen=True)
class Question:
    """A spelling as it is asked: its candidates, and the list of every unit."""

    doubt: Doubt
    near: Any
    other: Any

    @property
    def answer(self) -> int | None:
        """The unit that was picked: a candidate, else what was chosen of the whole list."""
        near = self.near.data if self.near is not None else None
        picked = self.other.data if near in (None, "", OTHER) else near
        return int(picked) if picked else None


def questions_of(doubts: Sequence[Doubt], units: Mapping[int, str], decided: Mapping[str, int]) -> list[Question]:
    """What is asked of *doubts*, the undecided first; *units* are all that may enter, by id, with what tells each."""
    asked = sorted(doubts, key=lambda doubt: doubt.key in decided)[:SHOWN]
    fields: dict[str, Any] = {}
    for doubt in asked:
        fields |= _fields(doubt, units, decided.get(doubt.key))
    form: DecisionForm = type("DecisionForm", (DecisionForm,), fields)()
    form.validate()
    names = {doubt.key: name_of(doubt.key) for doubt in asked}
    return [
        Question(doubt, form[names[doubt.key]] if doubt.candidates else None, form[f"{names[doubt.key]}_{OTHER}"])
        for doubt in asked
    ]


def answers_of(questions: Sequence[Question]) -> dict[str, int]:
    """What was picked, by the key of the spelling; a unit that was not offered is nothing."""
    return dict(_answers(questions))


def _answers(questions: Sequence[Question]) -> Iterator[tuple[str, int]]:
    for question in questions:
        fields = [field for field in (question.near, question.other) if field is not None]
        if not any(field.errors for field in fields) and question.answer is not None:
            yield question.doubt.key, question.answer


def name_of(key: str) -> str:
    """The name of a spelling's field: letters that any browser sends back as they are."""
    return f"don_vi_{digest(key)[:8].hex()}"


def _fields(doubt: Doubt, units: Mapping[int, str], decided: int | None) -> dict[str, Any]:
    name, chosen = name_of(doubt.key), "" if decided is None else str(decided)
    near = [(str(each.id), f"{each.name} ({each.about})") for each in doubt.candidates]
    is_near = chosen in dict(near)
    fields: dict[str, Any] = {
        f"{name}_{OTHER}": SelectField(
            _ELSE.format(spelled=doubt.spelled) if near else _WHICH,
            choices=options([("", _NOBODY), *units.items()]), default="" if is_near else chosen,
            validators=[Optional()],
        )
    }  # fmt: skip
    if near:
        fields[name] = RadioField(
            doubt.spelled, choices=options([*near, (OTHER, _OTHER)]), default=chosen if is_near else None,
            validators=[Optional()],
        )  # fmt: skip
    return fields
