"""Vietnamese labels of schedules and of the mistakes in a table of rounds."""

from core.values.text import N_
from quiz.contest.rules.plan import Mistake, Pattern

PATTERN: dict[Pattern, str] = {
    Pattern.WEEKLY: N_("Mỗi tuần một đợt, từ 0 giờ thứ Hai đến hết Chủ nhật; kết quả 12 giờ thứ Hai sau đó"),
    Pattern.OFFICE_HOURS: N_("Mỗi tuần một đợt, từ 10 giờ thứ Hai đến 9 giờ thứ Hai tuần sau; kết quả 12 giờ hôm ấy"),
    Pattern.FROM_TUESDAY: N_("Mỗi tuần một đợt, từ 7 giờ thứ Ba đến hết Chủ nhật; kết quả 12 giờ thứ Hai sau đó"),
    Pattern.FORTNIGHT: N_("Hai tuần một đợt, bắt đầu từ ngày nào cũng được; kết quả 12 giờ ngày kế tiếp"),
    Pattern.HALF_YEAR: N_("Nửa năm một đợt, bắt đầu từ ngày nào cũng được; kết quả 12 giờ ngày kế tiếp"),
    Pattern.TABLE: N_("Theo bảng: mỗi đợt có ngày, giờ riêng; một tuần có thể có nhiều đề"),
}

MISTAKE: dict[Mistake, str] = {
    Mistake.CLOSES_FIRST: N_("Giờ đóng phải sau giờ mở."),
    Mistake.RESULTS_FIRST: N_("Giờ có kết quả không được trước giờ đóng."),
    Mistake.TOO_LONG: N_("Đợt này dài hơn 400 ngày. Xin xem lại năm."),
    Mistake.OUT_OF_ORDER: N_("Đề này mở trước đề ở dòng trên. Xin xếp theo thứ tự giờ mở."),
    Mistake.OVERLAPS: N_(
        "Đợt này mở khi đợt trước chưa đóng. Xin sửa ngày giờ; nếu là hai đề của cùng một tuần thì đánh dấu ô bên dưới."
    ),
    Mistake.NO_WEEK: N_("Dòng đầu không có dòng trên để cùng tuần. Xin bỏ dấu ở ô này."),
}
