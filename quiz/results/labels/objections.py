"""Vietnamese words of objections."""

from core.values.text import N_
from quiz.results.rules.objections import ObjectionOutcome

OUTCOME: dict[str | None, str] = {
    None: N_("Chờ trả lời"),
    ObjectionOutcome.ACCEPTED: N_("Chấp nhận"),
    ObjectionOutcome.REJECTED: N_("Không chấp nhận"),
}
OUTCOME_CHOICE: dict[str, str] = {
    ObjectionOutcome.ACCEPTED: N_("Chấp nhận: kết quả được sửa bằng chấm lại, bỏ câu hoặc đính chính"),
    ObjectionOutcome.REJECTED: N_("Không chấp nhận: kết quả đúng, giải thích vì sao"),
}
