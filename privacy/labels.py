"""Vietnamese words for requests of persons about their own data."""

from core.values.kept import kept
from core.values.text import N_
from privacy.rules.actions import PrivacyAction
from privacy.rules.deadlines import Kind

KIND: dict[Kind, str] = {
    Kind.VIEW: N_("Xem thông tin đang được giữ"),
    Kind.COPY: N_("Nhận bản sao thông tin"),
    Kind.CORRECT: N_("Sửa thông tin ghi sai"),
    Kind.WITHDRAW: N_("Rút lại sự đồng ý"),
    Kind.RESTRICT: N_("Tạm dừng xử lý thông tin"),
    Kind.DELETE: N_("Xóa thông tin"),
    Kind.AGREE: N_("Cho phép nêu tên trở lại"),
}

KIND_BY_VALUE: dict[str, str] = {kind.value: word for kind, word in KIND.items()}

CHANNEL: dict[str, str] = {
    "phone": N_("Qua điện thoại"),
    "paper": N_("Bằng văn bản"),
    "counter": N_("Tại quầy"),
    "online": N_("Trên trang mạng, bằng mã"),
}

STEP: dict[str, str] = {
    "received": kept(N_("Tiếp nhận: %(kind)s (%(channel)s)")),
    "identified": kept(N_("Xác định người yêu cầu: %(n)s lần đăng ký")),
    "not_found": N_("Tìm người yêu cầu, không thấy"),
    "acknowledged": N_("Đã ghi: người yêu cầu đã được báo."),
    "restricted": N_("Đã tạm dừng xử lý và trả lời yêu cầu."),
    "lifted": N_("Đã cho xử lý trở lại."),
    "put_off": N_("Đã tạm dừng xử lý; sẽ xóa sau khi kết quả được công bố."),
    "answered": N_("Đã ghi: yêu cầu đã được trả lời."),
    "nothing": N_("Đã trả lời: không giữ thông tin nào."),
    "agreed": N_("Đã ghi sự đồng ý."),
    "mistaken": N_("Bỏ vì ghi nhầm"),
}
"""The step of a request in the audit trail; `HolderWords.withdrawn` has the words of a withdrawal."""

DEED: dict[str, str] = {
    "received": N_("Tiếp nhận yêu cầu"),
    "identified": N_("Xác định người yêu cầu"),
    "acknowledged": N_("Báo đã nhận"),
    "exported": N_("Lập bản sao thông tin"),
    "corrected": N_("Sửa thông tin"),
    "withdrawn": N_("Rút lại sự đồng ý"),
    "restricted": N_("Tạm dừng xử lý"),
    "lifted": N_("Cho xử lý trở lại"),
    "erased": N_("Xóa thông tin"),
    "answered": N_("Ghi là đã trả lời"),
    "agreed": N_("Ghi sự đồng ý"),
    "mistaken": N_("Bỏ vì ghi nhầm"),
    "amended": N_("Sửa chỗ ghi sai của yêu cầu"),
}

OUTCOME: dict[str, str] = {
    "done": N_("Đã thực hiện"),
    "nothing": N_("Không giữ thông tin nào"),
    "mistaken": N_("Ghi nhầm, không làm gì"),
}

ACTION: dict[str, str] = {
    PrivacyAction.PERSON_EXPORT: N_("Lập bản sao thông tin cá nhân"),
    PrivacyAction.PERSON_ERASE: N_("Xóa thông tin cá nhân theo yêu cầu"),
    PrivacyAction.PERSON_CORRECT: N_("Sửa thông tin cá nhân theo yêu cầu"),
    PrivacyAction.PERSON_STEP: N_("Xử lý yêu cầu về thông tin cá nhân"),
}
"""Labels of the actions in the audit trail."""

FIELD: dict[str, str] = {"name": N_("tên"), "step": N_("bước")}
"""Labels of the values that these actions record."""

HELD: dict[str, str] = {
    "core_person_key": N_("Khóa riêng niêm phong thông tin của bạn"),
    "privacy_consent": N_("Những điều đã đồng ý"),
    "privacy_request": N_("Yêu cầu về thông tin cá nhân"),
    "privacy_request_step": N_("Các bước xử lý yêu cầu"),
    "privacy_request_subject": N_("Yêu cầu liên quan tới lần đăng ký nào"),
    "account_audit": N_("Việc cán bộ đã làm liên quan tới bạn, ghi trong nhật ký"),
}
"""Titles, in a copy for a person, of the tables that hold something of anybody, whatever room holds them."""
