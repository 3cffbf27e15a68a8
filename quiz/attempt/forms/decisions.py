"""Which unit each doubtful spelling of a sheet means: what a person picks, side by side with what it may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from core.crypto import digest
from core.sheets.report import Doubt
from core.web.forms import StaffForm, options
from quiz.attempt.rules.unit_match import NO_UNIT

SHOWN = 50
"""Spellings that are asked at once: a form of more parts is not read."""
OTHER = "khac"
_OTHER, _NOBODY = _("Đơn vị khác, chọn bên dưới"), _("(chọn đơn vị)")
_OUTSIDE = (str(NO_UNIT), _("Không thuộc đơn vị nào của cuộc thi: bỏ các dòng này"))
_WHICH_OTHER = _("Xin chọn đơn vị trong danh sách này.")
_WHICH, _ELSE = _("Đơn vị"), _("Đơn vị khác cho “{spelled}”")


class DecisionForm(StaffForm):
    """Two fields a spelling: one of its candidates, or any other unit of the contest, or none of it."""

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
        """The unit that was picked: a candidate or NO_UNIT, else what was chosen of the whole list."""
        near = self.near.data if self.near is not None else None
        picked = self.other.data if near in (None, "", OTHER) else near
        return int(picked) if picked else None


def questions_of(doubts: Sequence[Doubt], units: Mapping[int, str], decided: Mapping[str, int]) -> list[Question]:
    """What is asked of *doubts*, the undecided first and what was remembered last; *units* are all that may enter, by
    id, with what tells each."""
    asked = sorted(doubts, key=lambda doubt: (doubt.remembered is not None, doubt.key in decided))[:SHOWN]
    fields: dict[str, Any] = {}
    for doubt in asked:
        fields |= _fields(doubt, units, decided.get(doubt.key, doubt.remembered))
    form: DecisionForm = type("DecisionForm", (DecisionForm,), fields)()
    form.validate()
    names = {doubt.key: name_of(doubt.key) for doubt in asked}
    questions = [
        Question(doubt, form[names[doubt.key]] if doubt.candidates else None, form[f"{names[doubt.key]}_{OTHER}"])
        for doubt in asked
    ]
    for question in questions:
        if question.near is not None and question.near.data == OTHER and not question.other.data:
            question.other.errors = [_WHICH_OTHER]
    return questions


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
    near += [_OUTSIDE] if near else []
    outside = [] if near else [_OUTSIDE]
    is_near = chosen in dict(near)
    fields: dict[str, Any] = {
        f"{name}_{OTHER}": SelectField(
            _ELSE.format(spelled=doubt.spelled) if near else _WHICH,
            choices=options([("", _NOBODY), *outside, *units.items()]), default="" if is_near else chosen,
            validators=[Optional()],
        )
    }  # fmt: skip
    if near:
        fields[name] = RadioField(
            doubt.spelled, choices=options([*near, (OTHER, _OTHER)]), default=chosen if is_near else None,
            validators=[Optional()],
        )  # fmt: skip
    return fields
