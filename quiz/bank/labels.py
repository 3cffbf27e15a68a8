"""The words for questions of the bank."""

from core.values.text import N_

LEVELS = (N_("Rất dễ"), N_("Dễ"), N_("Trung bình"), N_("Khó"), N_("Rất khó"))
"""The difficulties from 1 to 5."""

STATE = {"draft": N_("Bản nháp"), "reviewed": N_("Đã rà soát"), "used": N_("Đang dùng")}
"""The states of a revision."""
