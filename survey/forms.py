"""What a citizen may say of a counter, and what an officer may set up."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from commune.forms import HotlineField, at_most, doubt_of_host
from core.values.text import clean, search_key
from core.web.forms import CitizenForm, CountField, PickField, RehearsedForm, StaffForm, TextField, options
from survey.labels import LANGUAGE, LEVEL, REASON, SHEET
from survey.operations import LONGEST_COMMENT, Opinion
from survey.rules.levels import Level, Reason
from survey.rules.privacy import PERSONAL_NUMBER


class RatingForm(RehearsedForm):
    """One question, five levels; the same few further taps for praise and blame."""

    level = RadioField(
        "Mức độ hài lòng",
        choices=options((int(level), LEVEL[level]) for level in sorted(Level, reverse=True)),
        coerce=int,
        validators=[InputRequired("Ông/bà chưa chọn mức nào. Xin chọn một trong năm mức.")],
    )
    reasons = SelectMultipleField(
        "Điều ông/bà muốn nói tới",
        choices=options((reason.value, REASON[reason]) for reason in Reason),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    comment = TextAreaField(
        "Góp ý thêm",
        filters=[lambda text: clean(text or "")],
        validators=[Length(max=LONGEST_COMMENT, message=f"Góp ý dài quá {LONGEST_COMMENT} chữ. Xin rút ngắn lại.")],
    )

    def validate_comment(self, field: Any) -> None:
        """No telephone or identity number beside a rating: nobody at the counter is to know who rated."""
        if PERSONAL_NUMBER.search(field.data or ""):
            raise ValidationError(
                "Góp ý có một dãy số giống số điện thoại hoặc số căn cước. Xin bỏ đi để không ai biết ông/bà là ai."
            )

    @property
    def opinion(self) -> Opinion:
        """What was said, once valid."""
        reasons = [Reason(reason) for reason in self.reasons.data or []]
        return Opinion(Level(self.level.data), reasons, self.comment.data or "")

    def body(self, code: str) -> dict[str, Any]:
        """What makes two sendings the same answer."""
        return {
            "counter": code,
            "level": self.level.data,
            "reasons": sorted(self.reasons.data or []),
            "comment": self.comment.data or "",
        }


class ReceiptForm(CitizenForm):
    """A receipt code, as typed from paper; and whether the comment that lies under it is to be erased."""

    code = TextField("Mã tra cứu", validators=[InputRequired("Xin nhập mã tra cứu.")])
    act = HiddenField()


class _PlaceForm(StaffForm):
    """Where an office is; before its words, so that mistakes are told in the page's order."""

    unit = PickField("Đơn vị", missing="Xin chọn đơn vị.")


class OfficeWordsForm(StaffForm):
    """What an office that is rated is called, and who runs the survey of it."""

    name = TextField("Tên cơ quan", validators=[InputRequired("Xin nhập tên cơ quan."), at_most(200)])
    host = TextField("Cơ quan chủ trì khảo sát", validators=[InputRequired("Xin nhập cơ quan chủ trì."), at_most(200)])
    is_meant = BooleanField("Vẫn để cơ quan này chủ trì khảo sát")
    hotline = HotlineField("Số điện thoại hỗ trợ")
    asks_if_meant = False

    def validate_host(self, field: Any) -> None:
        """Whoever is rated doesn't run the survey of oneself; whoever stands right over them had better not."""
        if search_key(field.data) == search_key(self.name.data or ""):
            raise ValidationError("Cơ quan chủ trì khảo sát phải khác cơ quan được đánh giá.")
        doubt = doubt_of_host(field.data, self.units_over())
        self.asks_if_meant = doubt is not None
        if doubt is not None and not self.is_meant.data:
            raise ValidationError(f"{doubt} Vẫn giữ thì đánh dấu ô dưới đây.")

    def units_over(self) -> tuple[str, ...]:
        """What the units are called whose committees stand over the office."""
        return self.over

    over: tuple[str, ...] = ()

    @property
    def words(self) -> dict[str, str]:
        """What was typed, by the names of the office's columns."""
        return {name: self[name].data or "" for name in ("name", "host", "hotline")}


class OfficeForm(_PlaceForm, OfficeWordsForm):
    """An office to be rated, in one of one's units."""

    known: Mapping[int, tuple[str, ...]] = MappingProxyType({})

    def units_over(self) -> tuple[str, ...]:
        """Those of the unit that was picked."""
        return self.known.get(self.unit.data or 0, ())


class _NumberForm(StaffForm):
    """Which counter; before what it is for, so that mistakes are told in the page's order."""

    number = CountField("Số quầy", validators=[InputRequired("Xin nhập số quầy.")])

    def validate_number(self, field: Any) -> None:
        """1 to 999."""
        if field.data is not None and not 1 <= field.data <= 999:
            raise ValidationError("Số quầy từ 1 đến 999.")


class CounterNameForm(StaffForm):
    """What a counter is for."""

    name = TextField("Lĩnh vực", validators=[InputRequired("Xin nhập lĩnh vực của quầy."), at_most(120)])


class CounterForm(_NumberForm, CounterNameForm):
    """A counter of an office."""


class ReissueForm(StaffForm):
    """A staff button that replaces a counter's code: the one that was seen, and no newer one."""

    replacing = IntegerField(widget=HiddenInput(), validators=[InputRequired("Xin mở lại trang này.")])


class PrintForm(StaffForm):
    """What to print: it changes nothing, so it is asked for by its address."""

    class Meta(StaffForm.Meta):
        csrf = False

    kho = SelectField("Loại tờ", choices=options(SHEET.items()), default="a4", validators=[DataRequired()])
    ngon_ngu = SelectField("Ngôn ngữ", choices=options(LANGUAGE.items()), default="vi", validators=[DataRequired()])


class BulkPrintForm(StaffForm):
    """Posters of many offices at once: of which, what kind, and whether a letter is to say that they are drawn."""

    unit = SelectField("Ở đâu", validators=[DataRequired()])
    find = TextField("Chỉ những cơ quan có tên chứa", validators=[at_most(100)])
    sheet = SelectField("Loại tờ", choices=options(SHEET.items()), default="a4", validators=[DataRequired()])
    language = SelectField("Ngôn ngữ", choices=options(LANGUAGE.items()), default="vi", validators=[DataRequired()])
    tell = BooleanField("Gửi thư cho tôi khi xong")
