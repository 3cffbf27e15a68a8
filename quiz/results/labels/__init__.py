"""Vietnamese labels for corrections of results and for the review of a round."""

from core.values.text import N_
from quiz.results.rules.corrections import Cause, ExclusionReason
from quiz.results.rules.decisions import EXCLUDED, KEPT, OPEN
from quiz.results.rules.reviewed import Sign

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
    Cause.REMARK: N_("chấm lại bài của cả đợt"),
    Cause.LINE: N_("xếp hạng thêm người đã được xác nhận trong danh sách"),
}

SIGN: dict[str, str] = {
    Sign.BLIND: N_("%(here)s bài làm xong trong chưa tới %(tapping)s: không đủ để bấm chọn hết các câu."),
    Sign.FAST: N_("%(here)s bài làm xong trong chưa tới %(reading)s: không đủ để đọc hết đề."),
    Sign.DEVICE: N_("%(here)s bài làm trên một điện thoại hay máy tính có hơn %(family)s người dùng để thi."),
    Sign.RIGHT: N_(
        "%(here)s bài gửi từ cùng một mạng đều đúng hết hoặc chỉ sai một câu; bài từ những nơi khác không như vậy."
    ),
    Sign.WRONG: N_("%(here)s bài sai giống hệt nhau: sai đúng những câu ấy, chọn đúng những phương án ấy."),
    Sign.PHONES: N_("%(here)s bài đăng ký bằng những số điện thoại liền nhau."),
    Sign.TWINS: N_("%(here)s bài trùng họ tên, năm sinh và đơn vị, gửi từ cùng một nhà."),
    Sign.BURST: N_("%(here)s bài bắt đầu trong cùng mười phút, đông hơn hẳn những lúc khác trong đợt."),
    Sign.SEEN: N_("%(here)s bài làm trên máy mà người khác cũng dùng để thi."),
    Sign.PHONE: N_("%(here)s bài đăng ký cùng số điện thoại với người khác."),
    Sign.NAMES: N_("%(here)s bài trùng họ tên, năm sinh và đơn vị với người khác."),
}
"""A sign of a cluster in words; its base rate in the round stands behind it."""

DECISION: dict[str, str] = {
    OPEN: N_("Chờ quyết định"),
    KEPT: N_("Đã giữ"),
    EXCLUDED: N_("Không công nhận"),
}
"""The state of a cluster."""
