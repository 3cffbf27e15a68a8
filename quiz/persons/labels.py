"""Vietnamese words for participants at the desk of persons' rights."""

from core.values.text import N_
from privacy.models.holder import HolderWords
from quiz.contest.rules.consent import Purpose

PURPOSE: dict[str, str] = {
    Purpose.TAKING_PART: N_("Giữ thông tin để tổ chức cuộc thi"),
    Purpose.GUARDIAN: N_("Cha, mẹ hoặc người giám hộ cho phép"),
    Purpose.NAMED: N_("Nêu tên trong danh sách đạt giải"),
    Purpose.REACHED: N_("Gọi, nhắn về cuộc thi"),
}

WORDS = HolderWords(
    person=N_("Người dự thi"),
    keeper=N_("cuộc thi"),
    not_found=N_("Không tìm thấy ai như vậy trong các cuộc thi của đơn vị."),
    taken=N_("Trong cuộc thi đã có người trùng họ tên, số điện thoại và năm sinh."),
    withdrawn=N_("Đã rút việc nêu tên và việc gọi, nhắn; đã trả lời yêu cầu."),
    erasing=(
        N_("Họ tên, số điện thoại, năm sinh không ai đọc lại được nữa; tên trong kết quả đã công bố cũng mất."),
        N_("Số lượt dự thi, thứ hạng và bài thi vẫn còn, không gắn với ai."),
    ),
    erasing_early=(
        N_(
            "Đợt chưa chốt: bài đã nộp vẫn là một lượt nhưng không được xếp hạng. Người ấy có thể đăng ký và dự thi "
            "lại như người mới."
        ),
    ),
    child=N_("có thể chưa đủ 16 tuổi nên không nêu tên"),
    unit=N_("Đơn vị dự thi"),
    correcting=N_("Nếu đổi đơn vị, lượt dự thi của các đợt còn nhận bài chuyển theo; đợt đã hết giờ giữ nguyên."),
    published=N_("Giải đã công bố"),
    published_note=N_("Người này có trong danh sách đạt giải đã công bố, nên họ tên, năm sinh không tự sửa được."),
)

HELD: dict[str, str] = {
    "quiz_participant": N_("Thông tin đăng ký"),
    "quiz_nickname": N_("Biệt danh"),
    "quiz_unit_request": N_("Yêu cầu đổi đơn vị dự thi"),
    "quiz_participant_version": N_("Thông tin trước khi được sửa"),
    "quiz_attempt_evidence": N_("Dấu kiểm máy và địa chỉ mạng lúc mở đề, giữ 14 ngày (không đọc ngược lại được)"),
    "quiz_participant_word": N_("Dấu vết để tìm theo họ tên (không đọc ngược lại được)"),
    "quiz_phone_code": N_("Mã xác nhận đã nhắn đến điện thoại (dấu kiểm, không đọc ngược lại được)"),
    "quiz_announced_phone": N_("Tin nhắn gửi đến số điện thoại"),
    "quiz_roster_person": N_("Danh sách người dự thi (dấu vết để đối chiếu, không đọc ngược lại được)"),
    "quiz_attempt": N_("Lượt dự thi"),
    "quiz_attempt_draft": N_("Câu trả lời của bài đang làm, chưa nộp"),
    "quiz_paper_sheet": N_("Phiếu giấy ghi tên người dự thi, hoặc đã nhập thành bài"),
    "quiz_attempt_help": N_("Người giúp nhập bài"),
    "quiz_answer_sheet": N_("Câu trả lời và dự đoán"),
    "quiz_entry": N_("Bài được tính"),
    "quiz_standing": N_("Thứ hạng"),
    "quiz_winner": N_("Danh sách giải"),
    "quiz_missed_call": N_("Cuộc gọi báo giải mà không ai nghe máy"),
    "quiz_draw": N_("Bốc thăm công khai giữa những người bằng nhau"),
    "quiz_cluster_entry": N_("Cụm bài có dấu hiệu chung, để rà soát"),
    "quiz_objection": N_("Khiếu nại kết quả"),
    "quiz_prize_claim": N_("Giải đã nhận"),
    "quiz_season_call": N_("Cuộc gọi về giải chung cuộc"),
    "quiz_season_award": N_("Giải chung cuộc"),
    "quiz_exclusion": N_("Không công nhận kết quả"),
}
"""Titles, in a copy for a participant, of the tables that hold something about them."""

WINNER_STATE: dict[str, str] = {
    "pending": N_("chờ xác nhận"),
    "confirmed": N_("đã xác nhận"),
    "passed": N_("không trao được giải"),
}
"""The states of a winner."""
