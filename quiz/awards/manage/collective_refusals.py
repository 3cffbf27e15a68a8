"""Why the prizes of units cannot be decided, in words."""

from collections.abc import Sequence

from flask_babel import gettext as _

from core.values.dates import moment
from core.values.numbers import thousands
from quiz.awards.operations.collective import DrawsOpen, JustCorrected, NoMeasure, OverHeadcount, RoundsOpen
from quiz.results.operations.versions import Changed, NothingToDo

REFUSALS = (NoMeasure, RoundsOpen, JustCorrected, DrawsOpen, NothingToDo, OverHeadcount, Changed)


def why_not(error: Exception) -> str:
    """Return the reason in *error*, one of `REFUSALS`, with what to do about it."""
    if isinstance(error, RoundsOpen):
        rounds = ", ".join(map(str, error.numbers))
        return str(_("Chưa quyết định được: đợt %(rounds)s chưa công bố hoặc chưa chính thức.", rounds=rounds))
    if isinstance(error, NoMeasure):
        return str(_("Thể lệ không có giải tập thể, hoặc chưa nói giải tập thể xếp theo gì."))
    if isinstance(error, JustCorrected):
        until = moment(error.until)
        return str(_("Số dân vừa đính chính: quyết định sớm nhất lúc %(until)s, để ai cũng kịp đọc.", until=until))
    if isinstance(error, OverHeadcount):
        return over_words(error.units)
    if isinstance(error, DrawsOpen):
        return str(_("Có đơn vị bằng nhau chờ bốc thăm công khai: bốc thăm, ghi kết quả ở trên rồi quyết định."))
    if isinstance(error, NothingToDo):
        return str(_("Quyết định gần nhất đã đúng với số liệu hiện nay."))
    return str(_("Số liệu đã thay đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới."))


def over_words(units: Sequence[tuple[str, int, int]]) -> str:
    """Return which units have more people than inhabitants, and what to look at before their prizes are decided."""
    each = "; ".join(
        _(
            "%(unit)s có %(people)s người thi, hơn số dân %(headcount)s",
            unit=name,
            people=thousands(people),
            headcount=thousands(headcount),
        )
        for name, people, headcount in units
    )
    return str(
        _(
            "%(units)s: có thể có người ghi tên giả, hoặc số dân sai, nên chưa xếp được theo tỷ lệ. Xin xem lại bài "
            "của đơn vị, loại bài không đúng người; số dân sai thì đính chính trước khi công bố đợt cuối.",
            units=each[:1].upper() + each[1:],
        )
    )
