"""Lists of dossiers as a one-stop system exports them."""

from datetime import UTC, datetime

NOW = datetime(2026, 11, 2, 3, tzinfo=UTC)
HEAD = "Mã hồ sơ;Thủ tục;Ngày tiếp nhận;Ngày hẹn trả;Ngày trả kết quả;Hình thức nộp"


def line(number, received="", due="", returned="", channel="Trực tiếp", procedure="Chứng thực bản sao"):
    """Return a row of a list."""
    return ";".join([number, procedure, received, due, returned, channel]) + "\n"


def listed(lines):
    """Return a list of these rows."""
    return "\n".join([HEAD, *(each.strip("\n") for each in lines)]) + "\n"


SHEET = listed(
    [
        line("H51.25-261005-0001", "05/10/2026", "06/10/2026", "06/10/2026"),
        line("H51.25-261005-0002", "05/10/2026", "08/10/2026", "09/10/2026", "Trực tuyến", "Đăng ký khai sinh"),
        line("H51.25-261005-0004", "05/10/2026", "20/10/2026", "", "Qua bưu điện", "Cấp giấy phép xây dựng"),
        line("H51.25-261006-0003", "06/10/2026", "06/11/2026", "", procedure="Đăng ký biến động đất đai"),
        line("H51.25-261006-0004", "06/10/2026", "07/10/2026", "07/10/2026 16:20", "Nộp trực tuyến"),
    ]
)
"""Five dossiers of an office: two in time, one late, one overdue and one open; numbers 3, and 1 and 2, are missing."""
