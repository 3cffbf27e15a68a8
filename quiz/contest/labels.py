"""The Vietnamese words for what the contest's rules name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.values.text import N_
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.presets import Counts, Criterion, GuessTarget, Rules, Ties
from quiz.contest.rules.schedule import Phase, Stage

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
}

PHASE: dict[Phase, str] = {
    Phase.UPCOMING: N_("Chưa mở"),
    Phase.OPEN: N_("Đang mở"),
    Phase.ENDED: N_("Hết giờ, chờ chốt"),
    Phase.CLOSED: N_("Đã chốt, chờ công bố"),
    Phase.PUBLISHED: N_("Đã công bố"),
}


STAGE: dict[Stage, str] = {
    Stage.DRAFT: N_("Bản nháp"),
    Stage.OPEN: N_("Có tuần đang mở"),
    Stage.WAITING: N_("Chờ công bố"),
    Stage.DONE: N_("Đã xong"),
}

_ORDER: dict[Criterion, str] = {
    Criterion.CORRECT: N_("nhiều câu đúng hơn"),
    Criterion.DURATION: N_("làm bài nhanh hơn"),
    Criterion.GUESS: N_("dự đoán sát hơn"),
    Criterion.SUBMITTED: N_("nộp bài sớm hơn"),
}
_TARGET: dict[GuessTarget, str] = {
    GuessTarget.PERFECT: N_("Bạn dự đoán số người trả lời đúng tất cả các câu trong tuần."),
    GuessTarget.PEOPLE: N_("Bạn dự đoán số người dự thi trong tuần."),
}


def rule_sentences(stored: Mapping[str, Any]) -> list[str]:
    """A contest's declared rules as sentences that a participant reads before entering."""
    rules = Rules.from_dict(stored)
    tries = (
        N_("Mỗi tuần bạn được thi không giới hạn số lượt")
        if rules.tries is None
        else f"Mỗi tuần bạn được thi {rules.tries} lượt"
    )
    counts = N_("tính bài đúng nhiều nhất, nếu bằng nhau thì bài nộp sớm nhất.")
    said = [
        f"{tries}." if rules.tries == 1 else f"{tries}; {counts if rules.counts is Counts.BEST else 'tính lượt đầu.'}"
    ]
    if rules.guess_target in _TARGET:
        said.append(_TARGET[rules.guess_target])
    said.append("Xếp hạng lần lượt theo: " + ", rồi ".join(_ORDER[key.criterion] for key in rules.order) + ".")
    if rules.ties is Ties.SHARE:
        said.append(N_("Bằng nhau ở mọi tiêu chí thì cùng hạng và cùng nhận giải."))
    else:
        said.append(N_("Bằng nhau ở mọi tiêu chí thì bốc thăm công khai."))
    return said


CONSENT: dict[str, dict[Purpose, str]] = {
    "2026-11": {
        Purpose.TAKING_PART: N_(
            "Tôi đồng ý để Ban Tổ chức giữ bốn thông tin trên (tên, số máy, tuổi, đơn vị) để tổ chức cuộc thi: nhận ra "
            "tôi mỗi tuần, xếp hạng, gọi báo khi đạt giải"
        ),
        Purpose.GUARDIAN: N_("Cha, mẹ hoặc người giám hộ đã đọc trang này và cho phép tôi dự thi"),
        Purpose.NAMED: N_("Cho phép nêu họ tên và đơn vị của tôi trong danh sách người đạt giải"),
        Purpose.REACHED: N_("Cho phép gọi, nhắn cho tôi về cuộc thi này cả khi tôi không đạt giải"),
    }
}
"""What each purpose says on the page, by wording: a wording that was ever agreed to stays here as it was."""
