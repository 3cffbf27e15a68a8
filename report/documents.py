"""Documents about personal data that the law requires, filled in from this installation."""

from collections.abc import Sequence
from datetime import date

from core.docx import OfficeDocument
from core.retention import Kept
from core.values.text import N_
from privacy.labels import KIND
from privacy.rules.deadlines import ANSWER_DAYS
from quiz.contest.labels.consent import CONSENT
from quiz.contest.rules.consent import WORDING
from report.queries import DataHolder

_LAW = N_("Căn cứ Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định số 356/2025/NĐ-CP;")
_PLACE = "............"
_KINDS = (
    (N_("Người dự thi"), N_("Họ tên, số điện thoại, năm sinh, đơn vị; câu trả lời, dự đoán, giờ bắt đầu và nộp bài")),
    (
        N_("Người đánh giá tại quầy"),
        N_("Không có: chỉ quầy, tuần, mức hài lòng và góp ý, không gắn với ai; người giữ mã tra cứu tự xóa được góp ý"),
    ),
    (N_("Người gửi yêu cầu"), N_("Họ tên, số điện thoại, nội dung yêu cầu, được niêm phong")),
    (N_("Cán bộ"), N_("Họ tên, thư điện tử, vai trò; mật khẩu chỉ ở dạng băm")),
)
_STAYS = (
    N_("Tài khoản, vai trò, mã xác thực của cán bộ: giữ khi hệ thống còn dùng, để biết ai đã làm việc gì."),
    N_("Nhật ký, phê duyệt, các lần mở liên hệ: như trên; thông tin cá nhân trong đó mất khi người ấy được xóa."),
    N_("Bài dự thi, kết quả, sự đồng ý, không gắn với ai khi người dự thi đã được xóa."),
)
_MEASURES = (
    N_("Họ tên, số điện thoại, năm sinh được mã hóa bằng khóa riêng từng người; khóa chính ở ngoài cơ sở dữ liệu."),
    N_("Tìm người bằng mã băm có khóa; trong cơ sở dữ liệu và bản sao lưu không đọc được họ tên, số điện thoại."),
    N_("Xóa một người là xóa khóa riêng của họ: số liệu đã công bố giữ nguyên, không gắn với ai."),
    N_("Lượt đánh giá không có địa chỉ mạng, thiết bị, giờ phút; số liệu dưới 5 lượt không công bố."),
    N_("Người có thể chưa đủ 16 tuổi không bao giờ bị nêu tên; số điện thoại công bố chỉ hiện vài số cuối."),
    N_("Cán bộ chỉ mở được dữ liệu của đơn vị mình, theo vai trò."),
)
_FIRST_HOURS = (
    N_("Ghi giờ phát hiện sự cố: ....... giờ ....... ngày ....../....../........ (72 giờ tính từ lúc này)."),
    N_("Ghi người phát hiện, điều đã thấy, máy chủ hoặc thiết bị liên quan."),
    N_("Ngắt đường vào bị lợi dụng: thu hồi tài khoản, đóng cổng, ngừng dịch vụ nếu cần."),
    N_("Không xóa nhật ký; sao chép nhật ký và cơ sở dữ liệu hiện trạng, ghi người giữ bản sao."),
    N_("Xác định tệp khóa master.key có bị lộ không: không lộ thì họ tên, số điện thoại bị lấy vẫn không đọc được."),
)
_ASSESS = (
    N_("Loại dữ liệu bị ảnh hưởng (đánh dấu trong bảng dưới) và số người ước tính: ......"),
    N_("Có dữ liệu của người có thể chưa đủ 16 tuổi không: ......"),
    N_("Hậu quả có thể xảy ra với người dân và cách giảm bớt: ......"),
)
_NOTIFY = (
    N_("Trong 72 giờ: thông báo cho cơ quan chuyên trách bảo vệ dữ liệu cá nhân (Bộ Công an) theo mẫu quy định."),
    N_("Báo cơ quan cấp trên và đơn vị vận hành hệ thống."),
    N_("Báo cho người bị ảnh hưởng: việc gì đã xảy ra, dữ liệu nào, cần làm gì, hỏi ai."),
    N_("Quá 72 giờ thì nêu lý do chậm trong thông báo."),
)
_AFTER = (
    N_("Phục hồi từ bản sao lưu tin cậy; đối chiếu số liệu trước khi mở lại."),
    N_("Đổi mật khẩu, khóa và mã của các tài khoản liên quan."),
    N_("Lập biên bản: nguyên nhân, việc đã làm, người chịu trách nhiệm, biện pháp phòng ngừa."),
)


def processing_record(issuer: str, holders: Sequence[DataHolder], kept: Sequence[Kept], *, today: date) -> bytes:
    """Return the record of processing (Hồ sơ xử lý dữ liệu cá nhân): holders, kinds of data, purposes, periods,
    safeguards.
    """
    paper = OfficeDocument(issuer=issuer, title=N_("Hồ sơ xử lý dữ liệu cá nhân"), place=_PLACE, day=today)
    paper.text(_LAW)
    _holders(paper, holders)
    paper.heading(N_("2. Loại dữ liệu"))
    paper.table((N_("Của ai"), N_("Dữ liệu")), _KINDS)
    paper.heading(N_("3. Mục đích và sự đồng ý"))
    paper.text(N_("Mỗi mục đích một ô, không chọn sẵn; bản lời %(wording)s:") % {"wording": WORDING})
    paper.table(
        (N_("Mục đích"), N_("Lời trên trang đăng ký")), [(purpose, text) for purpose, text in CONSENT[WORDING].items()]
    )
    paper.heading(N_("4. Thời hạn lưu giữ và việc xóa"))
    paper.table(
        (N_("Dữ liệu"), N_("Giữ bao lâu"), N_("Vì sao"), N_("Lần xóa gần nhất")),
        [(each.rule.kind, each.rule.period, each.rule.basis, _last(each)) for each in kept],
    )
    for kept_for_good in _STAYS:
        paper.text(f"- {kept_for_good}")
    paper.heading(N_("5. Quyền của chủ thể dữ liệu và hạn trả lời"))
    paper.text(N_("Báo đã nhận yêu cầu trong 2 ngày làm việc."))
    paper.table((N_("Yêu cầu"), N_("Trả lời trong")), [(KIND[kind], _days(days)) for kind, days in ANSWER_DAYS.items()])
    paper.heading(N_("6. Biện pháp bảo vệ"))
    for measure in _MEASURES:
        paper.text(f"- {measure}")
    paper.heading(N_("7. Chuyển dữ liệu ra nước ngoài"))
    paper.text(N_("Hệ thống không chuyển dữ liệu cho ai. Nơi đặt máy chủ: ............"))
    paper.signature((N_("Như trên"), N_("Lưu: VT")))
    return paper.to_bytes()


def _days(days: int) -> str:
    return N_("%(days)s ngày") % {"days": days}


def breach_checklist(issuer: str, holders: Sequence[DataHolder], *, today: date) -> bytes:
    """Return the checklist for the 72 hours after a data breach was noticed, to be printed and ticked."""
    paper = OfficeDocument(
        issuer=issuer, title=N_("Phiếu xử lý sự cố lộ, mất dữ liệu cá nhân"), place=_PLACE, day=today
    )
    paper.text(_LAW)
    _holders(paper, holders)
    for title, items in (
        (N_("2. Trong những giờ đầu"), _FIRST_HOURS),
        (N_("3. Đánh giá"), _ASSESS),
        (N_("4. Thông báo trong 72 giờ"), _NOTIFY),
        (N_("5. Sau sự cố"), _AFTER),
    ):
        paper.heading(title)
        paper.items(items)
    paper.heading(N_("6. Dữ liệu mà hệ thống giữ"))
    paper.table((N_("Của ai"), N_("Dữ liệu")), _KINDS)
    paper.signature((N_("Cơ quan chuyên trách bảo vệ dữ liệu cá nhân"), N_("Lưu: VT")))
    return paper.to_bytes()


def _holders(paper: OfficeDocument, holders: Sequence[DataHolder]) -> None:
    paper.heading(N_("1. Bên kiểm soát dữ liệu"))
    rows = [(each.name, each.what, each.hotline or "–") for each in holders] or [("............", "............", "–")]
    paper.table((N_("Cơ quan, Ban Tổ chức"), N_("Cuộc thi"), N_("Điện thoại")), rows)


def _last(kept: Kept) -> str:
    return f"{kept.last.at:%d/%m/%Y}: {kept.last.removed}" if kept.last else N_("chưa chạy")
