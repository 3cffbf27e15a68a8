"""The retention rule of the evidence of attempts."""

from flask_babel import lazy_gettext

from core.retention import Rule
from core.values.text import N_
from quiz.attempt.operations.evidence import EVIDENCE_DAYS, purge_evidence

RETENTION = (
    Rule(
        "evidence",
        N_("Dấu kiểm máy và địa chỉ mạng lúc mở đề"),
        lazy_gettext("%(days)s ngày", days=EVIDENCE_DAYS),
        N_("Chỉ để rà soát bài dự thi trước khi gọi người đạt giải"),
        purge_evidence,
    ),
)
"""Retention rules of attempts."""
