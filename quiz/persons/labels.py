"""Vietnamese words for consents, requests of persons, and what is held of them."""

from core.values.text import N_
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.deadlines import Kind

PURPOSE: dict[Purpose, str] = {
    Purpose.TAKING_PART: N_("Giữ thông tin để tổ chức cuộc thi"),
    Purpose.GUARDIAN: N_("Cha, mẹ hoặc người giám hộ cho phép"),
    Purpose.NAMED: N_("Nêu tên trong danh sách đạt giải"),
    Purpose.REACHED: N_("Gọi, nhắn về cuộc thi"),
}


KIND: dict[Kind, str] = {
    Kind.VIEW: N_("Xem thông tin đang được giữ"),
    Kind.COPY: N_("Nhận bản sao thông tin"),
    Kind.CORRECT: N_("Sửa thông tin ghi sai"),
    Kind.WITHDRAW: N_("Rút lại sự đồng ý"),
    Kind.RESTRICT: N_("Tạm dừng xử lý thông tin"),
    Kind.DELETE: N_("Xóa thông tin"),
    Kind.AGREE: N_("Đồng ý lại"),
}


KIND_BY_VALUE: dict[str, str] = {kind.value: word for kind, word in KIND.items()}


CHANNEL: dict[str, str] = {
    "phone": N_("Qua điện thoại"),
    "paper": N_("Bằng văn bản"),
    "counter": N_("Tại quầy"),
    "online": N_("Trên trang mạng, bằng mã"),
}


STEP: dict[str, str] = {
    "acknowledged": N_("Đã ghi: người yêu cầu đã được báo."),
    "withdrawn": N_("Đã rút việc nêu tên và việc gọi, nhắn; đã trả lời yêu cầu."),
    "restricted": N_("Đã tạm dừng xử lý và trả lời yêu cầu."),
    "lifted": N_("Đã cho xử lý trở lại."),
    "answered": N_("Đã ghi: yêu cầu đã được trả lời."),
    "nothing": N_("Đã trả lời: không giữ thông tin nào."),
    "agreed": N_("Đã ghi sự đồng ý."),
    "mistaken": N_("Bỏ vì ghi nhầm"),
}
"""What the audit trail says of a step of a request."""

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


HELD: dict[str, str] = {
    "quiz_participant": N_("Thông tin đăng ký"),
    "quiz_participant_version": N_("Thông tin trước khi được sửa"),
    "quiz_participant_word": N_("Dấu vết để tìm theo họ tên (không đọc ngược lại được)"),
    "quiz_roster_person": N_("Danh sách người dự thi (dấu vết để đối chiếu, không đọc ngược lại được)"),
    "core_person_key": N_("Khóa riêng niêm phong thông tin của bạn"),
    "quiz_consent": N_("Những điều đã đồng ý"),
    "quiz_attempt": N_("Lượt dự thi"),
    "quiz_answer_sheet": N_("Câu trả lời và dự đoán"),
    "quiz_entry": N_("Bài được tính"),
    "quiz_standing": N_("Thứ hạng"),
    "quiz_winner": N_("Danh sách giải"),
    "quiz_exclusion": N_("Không công nhận kết quả"),
    "quiz_person_request": N_("Yêu cầu về thông tin cá nhân"),
    "quiz_request_step": N_("Các bước xử lý yêu cầu"),
    "quiz_request_subject": N_("Yêu cầu liên quan tới lần đăng ký nào"),
    "account_audit": N_("Việc cán bộ đã làm liên quan tới bạn, ghi trong nhật ký"),
}
"""Every table that holds something about a participant, and what it is called in the copy that they are given."""
