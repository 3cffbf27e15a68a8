"""Fields about a person: the name, in letters alone, and the year of birth, however it is written."""

from typing import Any

from flask_babel import gettext as _
from wtforms import ValidationError

from core.values.dates import year_in
from core.values.names import clean_name, odd_letter
from core.values.text import clean
from core.web.forms import CountField, TextField


class PersonNameField(TextField):
    """The name of a person: Latin letters with their marks, spaces and apostrophes; emoji are left out."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([clean_name(value) for value in valuelist])

    def pre_validate(self, form: Any) -> None:
        """Refuse a name without a letter, and name the first character that no name has."""
        super().pre_validate(form)
        name = self.data or ""
        odd = odd_letter(name)
        if odd is not None and odd.isalpha():
            said = _("Chữ “%(letter)s” không phải chữ Latinh, dù trông giống. Xin gõ lại chữ này.", letter=odd)
            raise ValidationError(said)
        if name and not any(letter.isalpha() for letter in name):
            raise ValidationError(_("Xin nhập họ và tên bằng chữ."))
        if odd is not None:
            raise ValidationError(_("Họ và tên chỉ gồm chữ cái. Xin bỏ “%(letter)s”.", letter=odd))


class BirthYearField(CountField):
    """A year of birth; a full date gives its year, and unreadable input is shown again as typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        year = year_in(clean(valuelist[0])) if valuelist else None
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            if year is None:
                raise ValueError(_("Năm sinh chưa đúng: xin ghi bốn chữ số, ví dụ 1990.")) from error
        if year is not None:
            self.data = year
