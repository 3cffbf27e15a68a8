"""Vietnamese labels of rules, phases and the audit trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from commune.labels import UNIT_DECISION
from core.values.text import N_
from quiz.contest.labels.sentences import eligibility_words, paper_sentences, rule_sentences
from quiz.contest.labels.terms import term_sentences
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.presets import CUSTOM, Criterion, Eligibility
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import Agenda, ContestStage, Phase
from quiz.contest.rules.terms import PrizeTerms

__all__ = ["eligibility_words", "rule_sentences"]


def declared_sentences(
    stored: Mapping[str, Any], terms: PrizeTerms, collective: Sequence[Tier] = (), *, is_weekly: bool
) -> list[str]:
    """Return the declared rules, then the terms of the prizes, as numbered on the contest's page."""
    of_prizes = term_sentences(terms, collective, is_weekly=is_weekly)
    return [*rule_sentences(stored, is_weekly=is_weekly), *of_prizes, *paper_sentences(stored)]


CRITERION: dict[Criterion, str] = {
    Criterion.CORRECT: N_("số câu trả lời đúng"),
    Criterion.DURATION: N_("thời gian làm bài"),
    Criterion.GUESS: N_("dự đoán"),
    Criterion.SUBMITTED: N_("thời điểm nộp bài"),
}

PRESET: dict[str, str] = {
    "lam-binh": N_("Mỗi tuần thi một lượt; xếp theo số câu đúng, rồi thời gian làm bài ngắn hơn, rồi dự đoán sát hơn."),
    "vcnet": N_(
        "Không giới hạn lượt, lấy bài đúng nhiều nhất và sớm nhất; xếp theo số câu đúng, "
        "rồi dự đoán sát hơn, rồi nộp bài sớm hơn."
    ),
    "duration": N_(
        "Mỗi tuần thi một lượt, không dự đoán; xếp theo số câu đúng, rồi thời gian làm bài ngắn hơn, "
        "rồi nộp bài sớm hơn."
    ),
    "guess": N_("Mỗi tuần thi một lượt; xếp theo số câu đúng, rồi dự đoán sát hơn; bằng nhau thì bốc thăm công khai."),
    CUSTOM: N_("Tự đặt luật, từng mục theo kế hoạch của cuộc thi."),
}

PHASE: dict[Phase, str] = {
    Phase.UPCOMING: N_("Chưa mở"),
    Phase.OPEN: N_("Đang mở"),
    Phase.ENDED: N_("Hết giờ, chờ chốt"),
    Phase.CLOSED: N_("Đã chốt, chờ công bố"),
    Phase.PUBLISHED: N_("Đã công bố"),
}


STAGE: dict[ContestStage, str] = {
    ContestStage.DRAFT: N_("Bản nháp"),
    ContestStage.OPEN: N_("Có tuần đang mở"),
    ContestStage.WAITING: N_("Chờ công bố"),
    ContestStage.DONE: N_("Đã xong"),
}
AGENDA: dict[Agenda, str] = {
    Agenda.TO_DO: N_("Cần làm"),
    Agenda.OPEN: N_("Đang mở"),
    Agenda.COMING: N_("Sắp tới"),
    Agenda.PAST: N_("Đã xong"),
}


ELIGIBILITY: dict[Eligibility, str] = {
    Eligibility.CALL: N_("Ai dự thi cũng được xếp hạng; gọi điện xác nhận trước khi trao giải"),
    Eligibility.ROSTER: N_("Chỉ người có tên trong danh sách đã nhập, gọi điện xác nhận trước khi trao giải"),
    Eligibility.CARD: N_("Chỉ người có thẻ dự thi do trưởng thôn, tổ dân phố phát"),
    Eligibility.SMS: N_("Chỉ người đã xác nhận số điện thoại bằng mã nhắn tin"),
}
"""The people who can take a prize, as the organiser chooses it."""


UNRANKED: dict[Eligibility, str] = {
    Eligibility.ROSTER: N_("Ban Tổ chức chưa đối chiếu được với danh sách dự thi"),
    Eligibility.CARD: N_("chưa nhập mã thẻ dự thi trước giờ đóng"),
    Eligibility.SMS: N_("chưa xác nhận số điện thoại trước giờ đóng"),
}
"""The reason for taking part without a rank; it continues a sentence after "vì"."""


ACTION: dict[str, str] = {
    QuizAction.CONTEST_CREATE: N_("Lập cuộc thi"),
    QuizAction.CONTEST_EDIT: N_("Sửa cuộc thi"),
    QuizAction.CONTEST_SHOW: N_("Công khai cuộc thi"),
    QuizAction.CONTEST_DELETE: N_("Xóa bản nháp cuộc thi"),
    QuizAction.CONTEST_CALL_OFF: N_("Hủy cuộc thi"),
    QuizAction.RULES_AMEND: N_("Sửa đổi thể lệ"),
    QuizAction.UNITS_JOIN: N_("Thêm đơn vị dự thi khi cuộc thi đang chạy"),
    QuizAction.HEADCOUNTS_AMEND: N_("Sửa đổi số dân của cuộc thi"),
    QuizAction.QUESTION_SAVE: N_("Lưu câu hỏi"),
    QuizAction.QUESTION_ADD: N_("Thêm câu hỏi vào ngân hàng"),
    QuizAction.QUESTION_REVISE: N_("Sửa câu hỏi của ngân hàng"),
    QuizAction.QUESTION_REVIEW: N_("Rà soát câu hỏi"),
    QuizAction.QUESTION_DELETE: N_("Xóa câu hỏi của ngân hàng"),
    QuizAction.QUESTION_MEND: N_("Sửa lỗi chính tả câu hỏi đã mở"),
    QuizAction.REPORT_SETTLE: N_("Xem xong báo lỗi câu hỏi"),
    QuizAction.ENTRY_IMPORT: N_("Nhập bài dự thi từ bảng tính"),
    QuizAction.PAPER_PRINT: N_("In phiếu giấy"),
    QuizAction.PAPER_KEY: N_("Nhập phiếu giấy"),
    QuizAction.PAPER_DIFFER: N_("Nhập lần hai của phiếu giấy khác lần một"),
    QuizAction.PAPER_DISCARD: N_("Bỏ lần nhập một của phiếu giấy"),
    QuizAction.PAPER_ANSWER: N_("Người dự thi trả lời về phiếu giấy ghi tên mình"),
    QuizAction.ANNOUNCE: N_("Gửi tin nhắn đến người dự thi"),
    QuizAction.ANNOUNCE_AGAIN: N_("Gửi lại tin nhắn bị lỗi"),
    QuizAction.CODE_RENEW: N_("Cấp lại mã cá nhân"),
    QuizAction.UNIT_MOVE: N_("Đổi đơn vị dự thi theo yêu cầu"),
    QuizAction.UNIT_KEEP: N_("Không đổi đơn vị dự thi"),
    QuizAction.NICKNAME_STRIKE: N_("Bỏ biệt danh"),
    QuizAction.ROSTER_IMPORT: N_("Nhập danh sách người dự thi"),
    QuizAction.ROSTER_EMPTY: N_("Xóa danh sách người dự thi"),
    QuizAction.CARD_MAKE: N_("In thẻ dự thi"),
    QuizAction.CARD_VOID: N_("Hủy thẻ dự thi chưa dùng"),
    QuizAction.LINE_CONFIRM: N_("Xác nhận một trong những người nhận một dòng của danh sách"),
    QuizAction.ROUND_CLOSE: N_("Chốt đợt thi"),
    QuizAction.WINNER_CONFIRM: N_("Xác nhận người đạt giải"),
    QuizAction.WINNER_MISS: N_("Gọi người đạt giải, không ai nghe máy"),
    QuizAction.WINNER_PASS: N_("Chuyển giải cho người kế tiếp"),
    QuizAction.WINNER_PASS_ALL: N_("Bỏ qua những người hết hạn gọi"),
    QuizAction.WINNER_RECALL: N_("Gọi lại người đã bỏ qua"),
    QuizAction.DRAW_RECORD: N_("Ghi kết quả bốc thăm"),
    QuizAction.UNITS_DRAW: N_("Ghi kết quả bốc thăm giải tập thể"),
    QuizAction.ROUND_PUBLISH: N_("Công bố kết quả đợt thi"),
    QuizAction.ROUND_FINALISE: N_("Chốt kết quả chính thức"),
    QuizAction.OBJECTION_ANSWER: N_("Trả lời khiếu nại kết quả"),
    QuizAction.COLLECTIVE_DECIDE: N_("Quyết định giải tập thể"),
    QuizAction.PRIZE_RECEIVE: N_("Ghi đã nhận giải"),
    QuizAction.PRIZE_UNRECEIVE: N_("Bỏ ghi đã nhận giải"),
    QuizAction.CONTACT_OPEN: N_("Mở thông tin liên hệ của người dự thi"),
    QuizAction.FILE_TAKE: N_("Tải tệp có họ tên đã mở"),
    QuizAction.ENTRY_COMPARE: N_("Đối chiếu bài của hai người"),
    QuizAction.ENTRY_EXCLUDE: N_("Không công nhận kết quả"),
    QuizAction.CLUSTER_DECIDE: N_("Quyết định về cụm bài"),
    QuizAction.EVIDENCE_OPEN: N_("Mở dấu vết của một cụm bài"),
    QuizAction.ROUND_REMARK: N_("Chấm lại đợt thi"),
    QuizAction.DATA_DELETE: N_("Xóa hàng loạt dữ liệu"),
    QuizAction.REHEARSAL_BEGIN: N_("Bắt đầu diễn tập"),
    QuizAction.REHEARSAL_END: N_("Kết thúc diễn tập"),
    QuizAction.REHEARSAL_WIPE: N_("Xóa lượt diễn tập"),
    QuizAction.TRIAL_BEGIN: N_("Lập bản tổng duyệt"),
    QuizAction.TRIAL_DELETE: N_("Xóa bản tổng duyệt"),
}
"""Labels of the actions in the audit trail."""

FIELD: dict[str, str] = {
    "clusters": N_("số cụm cần quyết định"),
    "decision": N_("quyết định"),
    "asks": N_("số câu mỗi lượt thi"),
    "deleted": N_("số mục bị xóa"),
    "differs_in": N_("hai lần nhập khác nhau ở"),
    "differed": N_("số mục hai người nhập khác nhau"),
    "first_by": N_("người nhập lần một"),
    "same_person": N_("hai tài khoản có thể là một người"),
    "sheets": N_("số phiếu"),
    "digest": N_("dấu kiểm"),
    "call_days": N_("số ngày gọi"),
    "calls": N_("số cuộc gọi không ai nghe"),
    "cards": N_("số thẻ"),
    "nickname": N_("biệt danh"),
    "place": N_("thôn, tổ dân phố"),
    "done": N_("đã làm"),
    "drawn": N_("phiếu bốc được, theo thứ tự"),
    "held_on": N_("ngày bốc thăm"),
    "equals": N_("số bên bằng nhau"),
    "eligibility": N_("ai được nhận giải"),
    "entering": N_("đơn vị dự thi"),
    "file": N_("tệp"),
    "first_day": N_("đợt đầu từ"),
    "ground": N_("trường hợp"),
    "headcounts": N_("số dân"),
    "hotline": N_("số điện thoại hỗ trợ"),
    "key": N_("đáp án"),
    "known": N_("dòng đã có từ trước"),
    "left_in": N_("số bài của cụm được giữ lại"),
    "left_out": N_("dòng bỏ qua"),
    "minutes": N_("số phút làm bài"),
    "per_phone": N_("số người dùng chung một số điện thoại"),
    "most_sharing": N_("nhiều nhất cùng nhận một giải"),
    "name": N_("tên"),
    "new": N_("dòng nhập mới"),
    "number": N_("số"),
    "objections": N_("số khiếu nại"),
    "order": N_("thứ tự câu hỏi"),
    "outcome": N_("trả lời"),
    "organiser": N_("Ban Tổ chức"),
    "people": N_("người dự thi"),
    "phones": N_("số điện thoại"),
    "passed": N_("số người bị bỏ qua"),
    "perfect": N_("người đúng tất cả"),
    "law": N_("luật xếp hạng và nhận giải"),
    "dates": N_("ngày giờ các đợt"),
    "youngest": N_("tuổi thấp nhất"),
    "blocs": N_("khối dự thi"),
    "asked": N_("hỏi thêm khi đăng ký"),
    "from_round": N_("từ đợt"),
    "collective": N_("giải tập thể"),
    "preset": N_("thể lệ"),
    "prize": N_("giải"),
    "prizes": N_("các giải"),
    "reranked": N_("các đợt xếp hạng lại"),
    "published_at": N_("công bố lúc"),
    "question": N_("câu hỏi số"),
    "questions": N_("số câu hỏi"),
    "rank": N_("hạng"),
    "wording": N_("bản thứ"),
    "sent": N_("cách gửi"),
    "ranks": N_("các hạng"),
    "shown": N_("mở cho xem"),
    "state": N_("tình trạng"),
    "summary": N_("giới thiệu"),
    "summary_en": N_("giới thiệu tiếng Anh"),
    "title_en": N_("tên tiếng Anh"),
    "organiser_en": N_("Ban Tổ chức bằng tiếng Anh"),
    "prizes_en": N_("tên các giải bằng tiếng Anh"),
    "rounds_en": N_("tên các đợt thi bằng tiếng Anh"),
    "target": N_("số đúng để so dự đoán"),
    "turns": N_("lượt dự thi"),
    "units": N_("số đơn vị"),
    "until": N_("đến lúc"),
    "version": N_("bản kết quả"),
    "weeks": N_("số đợt"),
    "winners": N_("số người trong danh sách giải"),
    "words": N_("lời câu hỏi"),
    "message": N_("lời nhắn"),
    "wiped": N_("lượt đã xóa"),
}
"""Labels of the values that these actions record."""

VALUE: dict[str, dict[str, str]] = {
    "state": {
        "confirmed": N_("đã xác nhận"),
        "passed": N_("không trao được giải"),
        "open": N_("đang mở"),
        "closed": N_("đã chốt"),
        "queued": N_("đang chạy ở phía sau"),
        "excluded": N_("không công nhận kết quả"),
        "recognised": N_("công nhận kết quả"),
        "draft": N_("bản nháp"),
        "public": N_("công khai"),
        "called-off": N_("đã hủy"),
    },
    "eligibility": {
        "call": N_("ai cũng được, sau khi gọi"),
        "roster": N_("người trong danh sách"),
        "card": N_("người có thẻ dự thi"),
        "sms": N_("người xác nhận bằng mã nhắn tin"),
    },
    "decision": {
        "open": N_("chưa quyết định"),
        "kept": N_("giữ cả cụm"),
        "excluded": N_("không công nhận cả cụm"),
    },
    "outcome": {"accepted": N_("chấp nhận"), "rejected": N_("không chấp nhận")},
    "order": {"own": N_("riêng từng lượt thi"), "fixed": N_("như nhau")},
    "shown": {
        "winners": N_("người trong danh sách giải"),
        "front": N_("20 bài đầu"),
        "lines": N_("người nhận một dòng của danh sách"),
        "absent": N_("người của một đơn vị đã đăng ký mà chưa thi"),
    },
    "preset": {
        "lam-binh": N_("đúng, nhanh, dự đoán"),
        "vcnet": N_("đúng, dự đoán, nộp sớm"),
        "duration": N_("đúng, nhanh, nộp sớm"),
        "guess": N_("đúng, dự đoán, bốc thăm"),
        CUSTOM: N_("tự đặt luật"),
    },
}
"""Words of coded values, by the value's name."""

CONTEST_UNIT_DECISION = replace(UNIT_DECISION, outside=N_("Không thuộc đơn vị nào của cuộc thi: bỏ các dòng này"))
"""The texts of the review page for a spelling that may mean several units of a contest."""
