"""The form that names two people whose entries are compared."""

from collections.abc import Sequence

from wtforms import RadioField
from wtforms.validators import InputRequired, Length

from commune.forms import at_most, without_phone
from core.translation import gettext
from core.values.text import N_
from core.web.forms import ReasonField, StaffForm, TextField, options
from quiz.results.queries.comparison import Found


class ComparisonForm(StaffForm):
    """Two people by name, code or rank, and the reason, which is recorded.

    `one_pick` and `other_pick` choose among several people of one name or rank.
    """

    one = TextField(N_("Người thứ nhất"), validators=[InputRequired(N_("Xin nhập người thứ nhất.")), Length(max=100)])
    one_pick = RadioField(N_("Người thứ nhất là ai?"), choices=[], validate_choice=False)
    other = TextField(N_("Người thứ hai"), validators=[InputRequired(N_("Xin nhập người thứ hai.")), Length(max=100)])
    other_pick = RadioField(N_("Người thứ hai là ai?"), choices=[], validate_choice=False)
    reason = ReasonField(
        N_("Lý do đối chiếu"),
        validators=[InputRequired(N_("Xin ghi lý do đối chiếu.")), at_most(500), without_phone],
    )

    def chosen(self, at: str, found: Sequence[Found]) -> Found | None:
        """Return the one of *found* for the field *at*; None where none or several fit, with a message at the field."""
        pick = self[f"{at}_pick"]
        known = {str(each.id): each for each in found}
        if len(found) == 1:
            return found[0]
        if pick.data in known:
            return known[pick.data]
        pick.choices = list(options((id, _told_apart(each)) for id, each in known.items()))
        several = OF_BLOCS if all(each.bloc for each in found) else SEVERAL
        field, words = (pick, several) if found else (self[at], NO_ONE)
        field.errors = [gettext(words, n=len(found))]
        return None


NO_ONE = N_("Không thấy bài nào của người này. Xin nhập đủ họ tên có dấu như khi đăng ký, mã, hoặc thứ hạng.")
OF_BLOCS = N_("Mỗi đối tượng dự thi có một người ở hạng này. Xin chọn một người.")
SEVERAL = N_("Có %(n)s người như vậy. Xin chọn một người.")


def _told_apart(found: Found) -> str:
    if found.bloc:
        return gettext("%(unit)s, %(bloc)s", unit=found.unit, bloc=found.bloc)
    if found.birth_year is None:
        return found.unit
    return gettext("%(unit)s, sinh năm %(year)s", unit=found.unit, year=found.birth_year)
