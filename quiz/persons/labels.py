"""Vietnamese words for consents, and for what is held of a participant."""

from core.values.text import N_
from quiz.contest.rules.consent import Purpose

PURPOSE: dict[Purpose, str] = {
    Purpose.TAKING_PART: N_("Giữ thông tin để tổ chức cuộc thi"),
    Purpose.GUARDIAN: N_("Cha, mẹ hoặc người giám hộ cho phép"),
    Purpose.NAMED: N_("Nêu tên trong danh sách đạt giải"),
    Purpose.REACHED: N_("Gọi, nhắn về cuộc thi"),
}

HELD: dict[str, str] = {
    "quiz_participant": N_("Thông tin đăng ký"),
    "quiz_participant_version": N_("Thông tin trước khi được sửa"),
    "quiz_participant_word": N_("Dấu vết để tìm theo họ tên (không đọc ngược lại được)"),
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
