"""Vietnamese labels for corrections of results."""

from core.values.text import N_
from quiz.results.rules.corrections import Cause, ExclusionReason

EXCLUSION_REASON: dict[str, str] = {
    ExclusionReason.IDENTITY: N_("dự thi bằng thông tin của người khác"),
    ExclusionReason.SEVERAL: N_("một người dự thi dưới nhiều tên"),
    ExclusionReason.FALSE: N_("thông tin đăng ký không đúng"),
    ExclusionReason.BARRED: N_("thuộc đối tượng không được dự thi"),
    ExclusionReason.CHEATING: N_("vi phạm thể lệ khi làm bài"),
}
"""The public wording of each ground of exclusion; it continues a sentence after "vì"."""


CAUSE: dict[str, str] = {
    Cause.CLOSE: N_("khóa bài và xếp hạng"),
    Cause.EXCLUDE: N_("không công nhận kết quả một bài dự thi"),
    Cause.RESTORE: N_("công nhận lại kết quả một bài dự thi"),
    Cause.REMARK: N_("chấm lại bài của cả tuần"),
}
