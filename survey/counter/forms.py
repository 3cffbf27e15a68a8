"""The forms of officers: offices, counters, posters."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from wtforms import BooleanField, IntegerField, SelectField, ValidationError
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import HiddenInput

from commune.forms import HotlineField, at_most, objection_to_host
from core.translation import gettext
from core.values.text import N_, search_key
from core.web.forms import CountField, PickField, StaffForm, TextField, options
from survey.counter.labels import LANGUAGE, SHEET
from survey.counter.rules.networks import MOST, NotANetwork, TooManyNetworks, read_networks


class _PlaceForm(StaffForm):
    """The unit of an office. A base class, so that mistakes are listed in the order of the page."""

    unit = PickField(N_("Đơn vị"), missing=N_("Xin chọn đơn vị."))


class OfficeWordsForm(StaffForm):
    """The names of a rated office and of the host of its survey."""

    name = TextField(N_("Tên cơ quan"), validators=[InputRequired(N_("Xin nhập tên cơ quan.")), at_most(200)])
    host = TextField(
        N_("Cơ quan chủ trì khảo sát"), validators=[InputRequired(N_("Xin nhập cơ quan chủ trì.")), at_most(200)]
    )
    is_meant = BooleanField(N_("Vẫn để cơ quan này chủ trì khảo sát"))
    hotline = HotlineField(N_("Số điện thoại hỗ trợ"))
    asks_if_meant = False
    name_en = TextField(N_("Tên cơ quan bằng tiếng Anh"), validators=[at_most(200)])
    host_en = TextField(N_("Cơ quan chủ trì bằng tiếng Anh"), validators=[at_most(200)])

    def validate_host(self, field: Any) -> None:
        """Refuse the rated office itself as host; ask for confirmation of the committee directly above it."""
        if search_key(field.data) == search_key(self.name.data or ""):
            raise ValidationError(N_("Cơ quan chủ trì khảo sát phải khác cơ quan được đánh giá."))
        doubt = objection_to_host(field.data, self.units_over())
        self.asks_if_meant = doubt is not None
        if doubt is not None and not self.is_meant.data:
            raise ValidationError(gettext("%(doubt)s Vẫn giữ thì đánh dấu ô dưới đây.", doubt=doubt))

    def units_over(self) -> tuple[str, ...]:
        """Return the names of the units whose committees are directly above the office."""
        return self.over

    over: tuple[str, ...] = ()

    @property
    def words(self) -> dict[str, str]:
        """The typed values, by the names of the office's columns."""
        return {name: self[name].data or "" for name in ("name", "host", "hotline")}

    @property
    def english(self) -> dict[str, str]:
        """The typed texts in English, by the names of the office's columns."""
        return {"name": self.name_en.data or "", "host": self.host_en.data or ""}


class OfficeEditForm(OfficeWordsForm):
    """The names of an office, and the networks of its own staff."""

    networks = TextField(N_("Mạng riêng của cán bộ"), validators=[at_most(500)])

    def validate_networks(self, field: Any) -> None:
        """Put the addresses and prefixes in order; refuse a part that is none, or a whole carrier's network."""
        try:
            field.data = read_networks(field.data or "")
        except NotANetwork as error:
            raise ValidationError(
                gettext(
                    "“%(error)s” không phải địa chỉ mạng của một cơ quan. Xin ghi như 203.0.113.7 hoặc 203.0.113.0/24.",
                    error=error,
                )
            ) from error
        except TooManyNetworks as error:
            raise ValidationError(gettext("Một cơ quan ghi được nhiều nhất %(most)s mạng.", most=MOST)) from error

    @property
    def words(self) -> dict[str, str]:
        """The typed values, by the names of the office's columns."""
        return {**super().words, "networks": self.networks.data or ""}


class OfficeForm(_PlaceForm, OfficeWordsForm):
    """A new office in one of the account's units."""

    known: Mapping[int, tuple[str, ...]] = MappingProxyType({})

    def units_over(self) -> tuple[str, ...]:
        """Return the names for the chosen unit."""
        return self.known.get(self.unit.data or 0, ())


class _NumberForm(StaffForm):
    """The number of a counter. A base class, so that mistakes are listed in the order of the page."""

    number = CountField(N_("Số quầy"), validators=[InputRequired(N_("Xin nhập số quầy."))])

    def validate_number(self, field: Any) -> None:
        """Refuse a number outside 1 to 999."""
        if field.data is not None and not 1 <= field.data <= 999:
            raise ValidationError(N_("Số quầy từ 1 đến 999."))


class CounterNameForm(StaffForm):
    """The field of work of a counter."""

    name = TextField(N_("Lĩnh vực"), validators=[InputRequired(N_("Xin nhập lĩnh vực của quầy.")), at_most(120)])
    name_en = TextField(N_("Lĩnh vực bằng tiếng Anh"), validators=[at_most(120)])

    @property
    def english(self) -> dict[str, str]:
        """The typed texts in English, by the names of the counter's columns."""
        return {"name": self.name_en.data or ""}


class CounterForm(_NumberForm, CounterNameForm):
    """A counter of an office."""


class ReissueForm(StaffForm):
    """The button that replaces a counter's code; it carries the revision that was shown, so that a newer one is not
    replaced.
    """

    replacing = IntegerField(widget=HiddenInput(), validators=[InputRequired(N_("Xin mở lại trang này."))])


class PrintForm(StaffForm):
    """The sheet and language to print; a GET form, since it changes nothing."""

    class Meta(StaffForm.Meta):
        csrf = False

    kho = SelectField(N_("Loại tờ"), choices=options(SHEET.items()), default="a4", validators=[DataRequired()])
    ngon_ngu = SelectField(N_("Ngôn ngữ"), choices=options(LANGUAGE.items()), default="vi", validators=[DataRequired()])


class BulkPrintForm(StaffForm):
    """Posters of many offices at once: which offices, what kind, and whether to send a letter when they are drawn."""

    unit = SelectField(N_("Ở đâu"), validators=[DataRequired()])
    find = TextField(N_("Chỉ những cơ quan có tên chứa"), validators=[at_most(100)])
    sheet = SelectField(N_("Loại tờ"), choices=options(SHEET.items()), default="a4", validators=[DataRequired()])
    language = SelectField(N_("Ngôn ngữ"), choices=options(LANGUAGE.items()), default="vi", validators=[DataRequired()])
    tell = BooleanField(N_("Gửi thư cho tôi khi xong"))
