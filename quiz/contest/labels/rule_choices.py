"""The single keys of the rules, as an organiser chooses them."""

from core.values.text import N_
from quiz.contest.rules.presets import Counts, Criterion, GuessBinds, GuessTarget, Ties

COUNTS: dict[Counts, str] = {
    Counts.FIRST: N_("Lượt đầu tiên"),
    Counts.BEST: N_("Lượt đúng nhiều nhất; bằng nhau thì lượt nộp sớm nhất"),
}
KEY: dict[Criterion, str] = {
    Criterion.CORRECT: N_("nhiều câu đúng hơn"),
    Criterion.DURATION: N_("làm bài nhanh hơn"),
    Criterion.GUESS: N_("dự đoán sát hơn"),
    Criterion.SUBMITTED: N_("nộp bài sớm hơn"),
}
BUCKET: dict[int, str] = {1: N_("phần nghìn giây"), 1000: N_("giây"), 60_000: N_("phút")}
"""The widths, in milliseconds, to which times are rounded down before they are compared."""
TARGET: dict[GuessTarget, str] = {
    GuessTarget.NONE: N_("Không có dự đoán"),
    GuessTarget.PERFECT: N_("Số người trả lời đúng tất cả các câu"),
    GuessTarget.PEOPLE: N_("Số người dự thi"),
    GuessTarget.PERCENT: N_("Tỷ lệ phần trăm người dự thi trả lời đúng tất cả các câu"),
}
BINDS: dict[GuessBinds, str] = {
    GuessBinds.FIRST: N_("Dự đoán của lượt đầu tiên"),
    GuessBinds.COUNTED: N_("Dự đoán của lượt được tính"),
}
TIES: dict[Ties, str] = {Ties.SHARE: N_("Cùng hạng và cùng nhận giải"), Ties.DRAW: N_("Bốc thăm công khai")}
