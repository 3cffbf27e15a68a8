"""Why a deed about the prizes of the whole contest is refused, in words."""

from flask_babel import gettext as _

from quiz.awards.operations.collective import DrawsOpen, RoundsOpen
from quiz.awards.operations.season import NoSeasonPrizes
from quiz.contest.operations.confirmation import PhoneFull
from quiz.results.operations.closing import StillPending
from quiz.results.operations.unreached import NotCalled
from quiz.results.operations.versions import Changed, NothingToDo, TooEarly

REFUSALS = (NoSeasonPrizes, RoundsOpen, DrawsOpen, StillPending, NothingToDo, Changed)
CALL_REFUSALS = (NotCalled, TooEarly, NothingToDo, PhoneFull)


def why_not(error: Exception) -> str:
    """Return the reason in *error*, one of `REFUSALS`, with what to do about it."""
    if isinstance(error, RoundsOpen):
        rounds = ", ".join(map(str, error.numbers))
        return str(_("Chưa quyết định được: đợt %(rounds)s chưa công bố hoặc chưa chính thức.", rounds=rounds))
    if isinstance(error, StillPending):
        return str(_("Còn %(n)s người chưa gọi xác nhận.", n=error.count))
    if isinstance(error, DrawsOpen):
        return str(_("Có người cùng hạng chờ bốc thăm công khai: bốc thăm, ghi kết quả ở trên rồi quyết định."))
    if isinstance(error, NoSeasonPrizes):
        return str(_("Thể lệ không có giải chung cuộc, hoặc còn đợt chưa chốt."))
    if isinstance(error, NothingToDo):
        return str(_("Quyết định gần nhất đã đúng với kết quả hiện nay."))
    return str(_("Danh sách đã thay đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới."))


def why_not_called(error: Exception) -> str:
    """Return why a call is not recorded, of one of `CALL_REFUSALS`."""
    if isinstance(error, NotCalled):
        return str(_("Chưa ai mở họ tên, số điện thoại của danh sách này, nên chưa ai gọi được."))
    if isinstance(error, TooEarly):
        return str(_("Gọi khi mọi đợt đã công bố và là kết quả chính thức: trước đó danh sách còn đổi."))
    if isinstance(error, PhoneFull):
        return str(_("Số điện thoại này đã đủ người được xác nhận theo thể lệ, nên không xác nhận thêm được."))
    return str(_("Danh sách đã thay đổi, xin xem lại."))
