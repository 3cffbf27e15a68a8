"""Vietnamese labels of rules, phases and the audit trail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from commune.labels import UNIT_DECISION
from core.values.text import N_
from quiz.contest.labels.sentences import eligibility_words, paper_sentences, rule_sentences
from quiz.contest.labels.terms import term_sentences
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
    "lam-binh": N_("Mỗi đợt thi một lượt; xếp theo số câu đúng, rồi thời gian làm bài ngắn hơn, rồi dự đoán sát hơn."),
    "vcnet": N_(
        "Không giới hạn lượt, lấy bài đúng nhiều nhất và sớm nhất; xếp theo số câu đúng, "
        "rồi dự đoán sát hơn, rồi nộp bài sớm hơn."
    ),
    "duration": N_(
        "Mỗi đợt thi một lượt, không dự đoán; xếp theo số câu đúng, rồi thời gian làm bài ngắn hơn, "
        "rồi nộp bài sớm hơn."
    ),
    "guess": N_("Mỗi đợt thi một lượt; xếp theo số câu đúng, rồi dự đoán sát hơn; bằng nhau thì bốc thăm công khai."),
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


CONTEST_UNIT_DECISION = replace(UNIT_DECISION, outside=N_("Không thuộc đơn vị nào của cuộc thi: bỏ các dòng này"))
"""The texts of the review page for a spelling that may mean several units of a contest."""
