"""The steps of a plan and what it lacks, in Vietnamese."""

from core.values.text import N_
from quiz.contest.rules.planning import Lack, PlanStep

STEP: dict[PlanStep, str] = {
    PlanStep.NAMES: N_("Tên và đơn vị"),
    PlanStep.SCHEDULE: N_("Lịch thi"),
    PlanStep.RULES: N_("Thể lệ"),
    PlanStep.QUESTIONS: N_("Câu hỏi"),
    PlanStep.PRIZES: N_("Giải thưởng"),
    PlanStep.CHECK: N_("Xem lại"),
}

LACK: dict[Lack, str] = {
    Lack.UNSEEN: N_("Bước “%(step)s” chưa được xem và xác nhận."),
    Lack.UNSEEN_PRIZES: N_("Bước “%(step)s” chưa được xác nhận: các giải gợi ý ở đó chưa phải là giải của cuộc thi."),
    Lack.BEGUN: N_("Giờ mở của đợt đầu đã qua. Xin chọn ngày khác."),
    Lack.FIRST_BLANK: N_("%(rounds)s chưa có câu hỏi, nên mở ra chưa ai thi được."),
    Lack.TOO_FEW: N_("%(rounds)s ít câu hơn số câu mỗi lượt thi."),
    Lack.BLANK: N_("%(rounds)s chưa có câu hỏi. Bổ sung sau cũng được, trước giờ mở."),
    Lack.UNEVEN: N_("Số câu của các đợt không bằng nhau."),
    Lack.NO_PRIZES: N_("Chưa có giải cá nhân nào."),
    Lack.NO_AMOUNTS: N_("Có giải chưa ghi số tiền."),
    Lack.NO_HOTLINE: N_("Chưa có số điện thoại để người dân hỏi."),
    Lack.NO_APPROVER: N_("Chưa có tài khoản người phê duyệt: đến lúc công bố cần một người thứ hai."),
    Lack.RELATED_APPROVERS: N_(
        "Người phê duyệt nào cũng có liên hệ với tài khoản của ông/bà (một bên mời bên kia, hoặc cùng một người mời): "
        "kết quả công bố sẽ ghi “có liên hệ”. %(way)s"
    ),
    Lack.NO_ROSTER: N_("Giải chỉ trao cho người trong danh sách, mà danh sách còn trống."),
    Lack.NO_RATES: N_(
        "Giải tập thể xếp theo số dân, mà chưa có hai nơi nào có số dân dùng được: không quyết định được giải này. Xin "
        "ghi số dân, hoặc xếp theo số người hay số lượt."
    ),
    Lack.UNRATED: N_("Chưa được xét giải theo số dân, vì chưa có số dân dùng được: %(units)s."),
    Lack.NO_CARDS: N_("Giải chỉ trao cho người có thẻ dự thi, mà chưa in lô thẻ nào."),
}
"""A lack as one sentence; what it is about is filled in by name."""
