"""Vietnamese words for roles, browsers, deeds, what became of requests, and what the audit trail says."""

from account.rules.actions import Action
from account.rules.permissions import Role
from core.values.text import N_

ROLE: dict[str, str] = {
    Role.ADMINISTRATOR: N_("Quản trị"),
    Role.ORGANISER: N_("Ban Tổ chức"),
    Role.MANAGER: N_("Phụ trách Một cửa"),
    Role.INTERVIEWER: N_("Điều tra viên"),
    Role.INSPECTOR: N_("Giám sát"),
    Role.WRITER: N_("Soạn câu hỏi"),
    Role.APPROVER: N_("Người phê duyệt"),
}
DUTY: dict[str, str] = {
    Role.ADMINISTRATOR: N_("quản lý tài khoản và cơ quan"),
    Role.ORGANISER: N_("tổ chức cuộc thi, nhập phiếu"),
    Role.MANAGER: N_("quản lý cơ quan, quầy, tờ treo"),
    Role.INTERVIEWER: N_("gọi điện khảo sát"),
    Role.INSPECTOR: N_("xem số liệu, cuộc thi và nhật ký, không sửa"),
    Role.WRITER: N_("soạn câu hỏi cuộc thi, không làm việc khác"),
    Role.APPROVER: N_("phê duyệt việc cần hai người"),
}
_BROWSERS = (
    ("coc_coc", "Cốc Cốc"), ("Zalo", "Zalo"), ("SamsungBrowser", "Samsung Internet"), ("EdgA", "Edge"),
    ("EdgiOS", "Edge"), ("Edg/", "Edge"), ("OPR/", "Opera"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
    ("Macintosh", "máy Mac"), ("Linux", "Linux"),
)  # fmt: skip

ACTION: dict[str, str] = {
    Action.OFFICE_CREATE: N_("Thêm cơ quan"),
    Action.OFFICE_EDIT: N_("Sửa cơ quan"),
    Action.COUNTER_EDIT: N_("Sửa quầy"),
    Action.COUNTER_CREATE: N_("Thêm quầy"),
    Action.COUNTER_CLOSE: N_("Đóng quầy"),
    Action.COUNTER_REOPEN: N_("Mở lại quầy"),
    Action.COUNTER_REISSUE: N_("Thay mã của quầy"),
    Action.RATING_IMPORT: N_("Nhập phiếu đánh giá từ bảng tính"),
    Action.RATING_EXPORT: N_("Tải từng lượt đánh giá"),
    Action.RATING_RECOUNT: N_("Đếm lại số liệu đánh giá"),
    Action.CONTEST_CREATE: N_("Lập cuộc thi"),
    Action.CONTEST_EDIT: N_("Sửa cuộc thi"),
    Action.CONTEST_SHOW: N_("Công khai cuộc thi"),
    Action.CONTEST_DELETE: N_("Xóa bản nháp cuộc thi"),
    Action.CONTEST_CALL_OFF: N_("Hủy cuộc thi"),
    Action.QUESTION_SAVE: N_("Lưu câu hỏi"),
    Action.ENTRY_IMPORT: N_("Nhập bài dự thi từ bảng tính"),
    Action.ROUND_CLOSE: N_("Chốt tuần thi"),
    Action.WINNER_CONFIRM: N_("Xác nhận người đạt giải"),
    Action.WINNER_PASS: N_("Bỏ qua người không liên lạc được"),
    Action.WINNER_RECALL: N_("Gọi lại người đã bỏ qua"),
    Action.ROUND_PUBLISH: N_("Công bố kết quả tuần thi"),
    Action.CONTACT_OPEN: N_("Mở thông tin liên hệ của người dự thi"),
    Action.ENTRY_EXCLUDE: N_("Không công nhận kết quả"),
    Action.ROUND_REMARK: N_("Chấm lại tuần thi"),
    Action.DATA_DELETE: N_("Xóa hàng loạt dữ liệu"),
    Action.APPROVAL_ASK: N_("Gửi yêu cầu phê duyệt"),
    Action.APPROVAL_APPROVE: N_("Đồng ý phê duyệt"),
    Action.APPROVAL_REFUSE: N_("Không đồng ý phê duyệt"),
    Action.APPROVAL_WITHDRAW: N_("Rút yêu cầu phê duyệt"),
    Action.APPROVAL_EXPIRE: N_("Yêu cầu phê duyệt hết hạn"),
    Action.APPROVAL_FAIL: N_("Phê duyệt nhưng không thực hiện được"),
    Action.ACCOUNT_CREATE: N_("Tạo tài khoản"),
    Action.ACCOUNT_LINK: N_("Đưa đường dẫn mời hoặc đặt lại mật khẩu"),
    Action.ACCOUNT_WITHDRAW: N_("Rút lời mời"),
    Action.ACCOUNT_OFF: N_("Tắt tài khoản"),
    Action.ACCOUNT_ON: N_("Bật lại tài khoản"),
    Action.SESSIONS_END: N_("Đăng xuất người khác khỏi mọi nơi"),
    Action.ROLE_GIVE: N_("Giao vai trò"),
    Action.ROLE_TAKE: N_("Thu hồi vai trò"),
    Action.REHEARSAL_BEGIN: N_("Bắt đầu diễn tập"),
    Action.REHEARSAL_END: N_("Kết thúc diễn tập"),
    Action.REHEARSAL_WIPE: N_("Xóa lượt diễn tập"),
    Action.PERSON_EXPORT: N_("Lập bản sao thông tin cá nhân"),
    Action.PERSON_ERASE: N_("Xóa thông tin cá nhân theo yêu cầu"),
    Action.PERSON_CORRECT: N_("Sửa thông tin cá nhân theo yêu cầu"),
    Action.PERSON_STEP: N_("Xử lý yêu cầu về thông tin cá nhân"),
    Action.UNIT_ADD: N_("Thêm đơn vị hành chính"),
    Action.UNIT_IMPORT: N_("Nhập đơn vị từ bảng tính"),
    Action.UNIT_LOAD: N_("Nạp đơn vị hành chính cả nước"),
    Action.LOGO_SET: N_("Đặt biểu trưng của đơn vị"),
    Action.LOGO_REMOVE: N_("Gỡ biểu trưng của đơn vị"),
    Action.AUDIT_EXPORT: N_("Tải nhật ký"),
    Action.BACKUP_RESTORE: N_("Phục hồi từ bản sao lưu"),
}

ACTOR: dict[str, str] = {"terminal": N_("Dòng lệnh"), "system": N_("Hệ thống")}

STATE: dict[str, str] = {
    "pending": N_("Đang chờ phê duyệt"),
    "approved": N_("Đã phê duyệt"),
    "refused": N_("Không được phê duyệt"),
    "withdrawn": N_("Đã rút lại"),
    "expired": N_("Hết hạn"),
    "failed": N_("Không thực hiện được"),
}

FIELD: dict[str, str] = {
    "asked_by": N_("người yêu cầu"),
    "asked_for": N_("việc được yêu cầu"),
    "closed_on": N_("đóng từ ngày"),
    "deleted": N_("số mục bị xóa"),
    "digest": N_("dấu kiểm"),
    "done": N_("đã làm"),
    "drops_factor": N_("bỏ mã xác thực cũ"),
    "entering": N_("đơn vị dự thi"),
    "entries": N_("số mục"),
    "file": N_("tệp"),
    "first_day": N_("tuần đầu từ"),
    "ground": N_("trường hợp"),
    "headcounts": N_("số dân"),
    "host": N_("cơ quan chủ trì"),
    "hotline": N_("số điện thoại hỗ trợ"),
    "key": N_("đáp án"),
    "known": N_("dòng đã có từ trước"),
    "made_at": N_("lúc sao lưu"),
    "left_out": N_("dòng bỏ qua"),
    "minutes": N_("số phút làm bài"),
    "name": N_("tên"),
    "new": N_("dòng nhập mới"),
    "number": N_("số"),
    "organiser": N_("Ban Tổ chức"),
    "people": N_("người dự thi"),
    "perfect": N_("người đúng tất cả"),
    "preset": N_("thể lệ"),
    "prize": N_("giải"),
    "prizes": N_("các giải"),
    "published_at": N_("công bố lúc"),
    "questions": N_("số câu hỏi"),
    "rank": N_("hạng"),
    "request": N_("mã yêu cầu"),
    "revision": N_("bản in thứ"),
    "role": N_("vai trò"),
    "second_approver": N_("có người phê duyệt thứ hai"),
    "shown": N_("mở cho xem"),
    "state": N_("tình trạng"),
    "step": N_("bước"),
    "summary": N_("giới thiệu"),
    "target": N_("số đúng để so dự đoán"),
    "tied": N_("tài khoản yêu cầu và tài khoản phê duyệt: một bên do bên kia lập hoặc cấp"),
    "turns": N_("lượt dự thi"),
    "units": N_("số đơn vị"),
    "unit": N_("đơn vị"),
    "until": N_("đến lúc"),
    "wiped": N_("lượt đã xóa"),
    "weeks": N_("số tuần"),
    "version": N_("bản kết quả"),
    "with_erased": N_("lấy lại cả người đã xóa"),
    "winners": N_("số người trong danh sách giải"),
}

VALUE: dict[str, dict[str, str]] = {
    "state": {
        **STATE,
        "confirmed": N_("đã xác nhận"),
        "passed": N_("không liên lạc được"),
        "open": N_("đang mở"),
        "closed": N_("đã chốt"),
        "queued": N_("đang chạy ở phía sau"),
        "excluded": N_("không công nhận kết quả"),
        "recognised": N_("công nhận kết quả"),
        "draft": N_("bản nháp"),
        "public": N_("công khai"),
        "called-off": N_("đã hủy"),
    },
    "asked_for": ACTION,
    "shown": {"winners": N_("người trong danh sách giải"), "front": N_("20 bài đầu")},
    "preset": {"lam-binh": N_("đúng, nhanh, dự đoán"), "vcnet": N_("đúng, dự đoán, nộp sớm"),
               "duration": N_("đúng, nhanh, nộp sớm"), "guess": N_("đúng, dự đoán, bốc thăm")},
    "role": ROLE,
}  # fmt: skip


def device_words(user_agent: str) -> str:
    """A browser as its owner would call it; what it says of itself and nobody vouches for.

    >>> device_words("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36")
    'Chrome trên Android'
    >>> device_words("curl/8")
    'Trình duyệt khác'
    """
    browser = next((word for mark, word in _BROWSERS if mark in user_agent), "Trình duyệt khác")
    system = next((word for mark, word in _SYSTEMS if mark in user_agent), "")
    return f"{browser} trên {system}" if system else browser
