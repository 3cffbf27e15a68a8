"""Vietnamese labels for corrections of results and for the review of a round."""

from core.values.text import N_
from quiz.results.rules.corrections import Cause, ExclusionReason
from quiz.results.rules.decisions import EXCLUDED, KEPT, OPEN
from quiz.results.rules.signs import Sign

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

SIGN: dict[str, str] = {
    Sign.BLIND: N_("%(here)s bài làm nhanh hơn cả thời gian bấm chọn (dưới %(tapping)s)."),
    Sign.FAST: N_("%(here)s bài làm nhanh hơn thời gian đọc hết đề (dưới %(reading)s, mỗi giây 8 chữ)."),
    Sign.DEVICE: N_("%(here)s bài mở trên máy có hơn %(family)s người dùng."),
    Sign.RIGHT: N_("%(here)s bài liền nhau trên cùng một mạng gần như đúng hết, nơi khác trong tuần thì không."),
    Sign.PHONES: N_("%(here)s bài có số điện thoại nối tiếp nhau hoặc sát nhau."),
    Sign.TWINS: N_("%(here)s bài trùng họ tên, năm sinh, đơn vị và dùng chung mạng của một nhà."),
    Sign.BURST: N_("%(here)s bài mở trong mười phút đông khác thường so với những lúc đông khác của tuần."),
    Sign.SEEN: N_("%(here)s bài mở trên máy mà người khác cũng mở đề."),
    Sign.PHONE: N_("%(here)s bài chung số điện thoại với người khác."),
    Sign.NAMES: N_("%(here)s bài trùng họ tên, năm sinh và đơn vị với người khác."),
}
"""A sign of a cluster in words; its base rate in the round stands behind it."""

DECISION: dict[str, str] = {
    OPEN: N_("Chờ quyết định"),
    KEPT: N_("Đã giữ"),
    EXCLUDED: N_("Không công nhận"),
}
"""The state of a cluster."""
