"""The part of the review form that asks for the meaning of each doubtful spelling of a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import RadioField, SelectField
from wtforms.validators import Optional

from core.crypto import digest
from core.importing.kind import LEFT_OUT, DecisionList
from core.importing.words import DecisionWords
from core.sheets.report import Doubt
from core.translation import gettext
from core.web.forms import StaffForm, options

SHOWN = 50
"""The number of spellings asked at once: a form with more parts is refused."""
OTHER = "khac"


class DecisionForm(StaffForm):
    """Two fields for each spelling: one of its candidates, any other option, or none of them."""

    class Meta(StaffForm.Meta):
        csrf = False  # it is sent within a form that has its own token


@dataclass(frozen=True)
class SpellingQuestion:
    """A spelling with its candidates and the list of every option."""

    doubt: Doubt
    near: Any
    other: Any

    @property
    def answer(self) -> int | None:
        """Return the picked option: a candidate or LEFT_OUT, else the choice from the whole list."""
        near = self.near.data if self.near is not None else None
        picked = self.other.data if near in (None, "", OTHER) else near
        return int(picked) if picked else None


def questions_of(asked: DecisionList, decided: Mapping[str, int], words: DecisionWords) -> list[SpellingQuestion]:
    """Return the questions for the doubts in *asked*, the undecided first and the remembered last."""
    doubts = sorted(asked.doubts, key=lambda doubt: (doubt.remembered is not None, doubt.key in decided))[:SHOWN]
    names = {doubt.key: _name_of(doubt.key, words) for doubt in doubts}
    fields: dict[str, Any] = {}
    for doubt in doubts:
        chosen = decided.get(doubt.key, doubt.remembered)
        fields |= _fields(names[doubt.key], doubt, asked.options, "" if chosen is None else str(chosen), words)
    form: DecisionForm = type("DecisionForm", (DecisionForm,), fields)()
    form.validate()
    questions = [_question(form, names[doubt.key], doubt) for doubt in doubts]
    for question in questions:
        if question.near is not None and question.near.data == OTHER and not question.other.data:
            question.other.errors = [words.missing]
    return questions


def _question(form: DecisionForm, name: str, doubt: Doubt) -> SpellingQuestion:
    return SpellingQuestion(doubt, form[name] if doubt.candidates else None, form[f"{name}_{OTHER}"])


def answers_of(questions: Sequence[SpellingQuestion]) -> dict[str, int]:
    """Return the picked options by the key of the spelling; an option that was not offered is ignored."""
    return dict(_answers(questions))


def _answers(questions: Sequence[SpellingQuestion]) -> Iterator[tuple[str, int]]:
    for question in questions:
        fields = [field for field in (question.near, question.other) if field is not None]
        if not any(field.errors for field in fields) and question.answer is not None:
            yield question.doubt.key, question.answer


def _name_of(key: str, words: DecisionWords) -> str:
    """Return the name of a spelling's field, of letters that any browser sends back unchanged."""
    return f"{words.field}_{digest(key)[:8].hex()}"


def _fields(name: str, doubt: Doubt, offered: Mapping[int, str], chosen: str, words: DecisionWords) -> dict[str, Any]:
    none_of_them = (str(LEFT_OUT), words.outside)
    near = [(str(each.id), f"{each.name} ({each.about})") for each in doubt.candidates]
    near += [none_of_them] if near else []
    is_near = chosen in dict(near)
    every = [("", words.blank), *([] if near else [none_of_them]), *offered.items()]
    fields: dict[str, Any] = {
        f"{name}_{OTHER}": SelectField(
            gettext(words.other_label, spelled=doubt.spelled) if near else words.label,
            choices=options(every),
            default="" if is_near else chosen,
            validators=[Optional()],
        )
    }
    if near:
        fields[name] = RadioField(
            doubt.spelled,
            choices=options([*near, (OTHER, words.other)]),
            default=chosen if is_near else None,
            validators=[Optional()],
        )
    return fields
