"""The mistakes in the fields of a registration, in words."""

from core.values.text import N_
from quiz.contest.rules.fields import FieldMistake

FIELD_MISTAKE: dict[FieldMistake, str] = {
    FieldMistake.TOO_MANY: N_("Chỉ hỏi thêm nhiều nhất %(n)s mục. Xin bỏ bớt: hỏi càng ít, người dân càng dễ thi."),
    FieldMistake.LONG: N_("Dòng “%(line)s” dài quá, hoặc thiếu tên. Xin ghi ngắn lại."),
    FieldMistake.TWICE: N_("Dòng “%(line)s”: mục này đã hỏi ở trên."),
    FieldMistake.SENSITIVE: N_(
        "Dòng “%(line)s”: cuộc thi không hỏi điều này. Giấy tờ tùy thân, tài khoản, địa chỉ, sức khỏe, dân tộc, tôn "
        "giáo không cần để xếp hạng và trao giải."
    ),
    FieldMistake.CHOICES: N_("Dòng “%(line)s”: sau dấu hai chấm xin ghi từ 2 đến 20 lựa chọn, cách nhau bằng dấu ;"),
}
