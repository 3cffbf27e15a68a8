"""The retention rules of the evidence of attempts, and of what participants report."""

from flask_babel import lazy_gettext

from core.retention import Rule
from core.values.text import N_
from quiz.attempt.operations.drafts import purge_drafts
from quiz.attempt.operations.evidence import EVIDENCE_DAYS, purge_evidence
from quiz.attempt.operations.helpers import HELP_DAYS, purge_helpers
from quiz.attempt.operations.paper_sheets import KEPT_DAYS, purge_readings
from quiz.attempt.operations.reports import REPORT_DAYS, purge_reports

RETENTION = (
    Rule(
        "evidence",
        N_("Dấu kiểm máy và địa chỉ mạng lúc mở đề"),
        lazy_gettext("%(days)s ngày", days=EVIDENCE_DAYS),
        N_("Chỉ để rà soát bài dự thi trước khi gọi người đạt giải"),
        purge_evidence,
    ),
    Rule(
        "attempt-drafts",
        N_("Câu trả lời của bài đang làm, chưa nộp"),
        lazy_gettext("hết ngày làm bài"),
        N_("Để làm tiếp trên máy khác; không chấm, không tính"),
        purge_drafts,
    ),
    Rule(
        "first-keyings",
        N_("Phiếu giấy mới nhập một lần, hoặc chờ người dự thi xác nhận"),
        lazy_gettext("%(days)s ngày sau giờ đóng", days=KEPT_DAYS),
        N_("Để người thứ hai nhập và đối chiếu, người dự thi xác nhận"),
        purge_readings,
    ),
    Rule(
        "helpers",
        N_("Họ tên người giúp nhập bài"),
        lazy_gettext("%(days)s ngày", days=HELP_DAYS),
        N_("Để rà soát bài dự thi trước khi gọi người đạt giải"),
        purge_helpers,
    ),
    Rule(
        "question-reports",
        N_("Báo lỗi câu hỏi của người dự thi"),
        lazy_gettext("%(days)s ngày", days=REPORT_DAYS),
        N_("Để chấm lại, đính chính; lời báo không kèm người gửi"),
        purge_reports,
    ),
)
"""Retention rules of attempts."""
