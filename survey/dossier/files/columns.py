"""The columns of a list of dossiers, as provincial one-stop systems name them, for the reader and for the template."""

from core.sheets.columns import SheetColumn
from core.values.text import N_
from survey.dossier.labels import DOSSIER_CHANNEL
from survey.dossier.rules.channels import DossierChannel

_NOT_DUE = r"^(?!.*\b(hen|du kien|han)\b)"

COLUMNS = (
    SheetColumn(
        name="number",
        title=N_("Mã hồ sơ"),
        words=((r"\b(ma|so)( so)? ho so\b(?! da| dang| cho)", 12), (r"(ma|so) (bien nhan|tiep nhan)", 8)),
        hint=N_("Mã hay số hồ sơ như trên giấy tiếp nhận, mỗi hồ sơ một số."),
        examples=("H51.25-261005-0001", "H51.25-261005-0002", "H51.25-261006-0001"),
        is_required=True,
    ),
    SheetColumn(
        name="procedure",
        title=N_("Thủ tục"),
        words=(
            (r"^(?!ma\b)(ten )?(thu tuc|tthc|dich vu cong|dvc)\b(?!.*\bnop\b)", 10),
            (r"^noi dung (cong viec|giai quyet)", 5),
        ),
        hint=N_("Tên thủ tục hành chính."),
        examples=(N_("Chứng thực bản sao từ bản chính"), N_("Đăng ký khai sinh"), N_("Đăng ký biến động đất đai")),
    ),
    SheetColumn(
        name="received",
        title=N_("Ngày tiếp nhận"),
        is_moment=True,
        words=((r"(ngay|thoi gian|thoi diem) (tiep nhan|nhan ho so|nop|gui)|^ngay nhan(?! (ket qua|kq))", 11),),
        hint=N_("Ngày/tháng/năm, ví dụ 05/10/2026."),
        examples=("05/10/2026", "05/10/2026", "06/10/2026"),
        is_required=True,
    ),
    SheetColumn(
        name="due",
        title=N_("Ngày hẹn trả"),
        is_moment=True,
        words=((r"\bhen( tra)?\b|\bhan (tra|xu ly|giai quyet|tra ket qua)\b|tra .*du kien", 12),),
        hint=N_("Ngày hẹn trên giấy tiếp nhận, không phải ngày hẹn lại. Bỏ trống thì không tính vào tỷ lệ đúng hạn."),
        examples=("05/10/2026", "07/10/2026", "06/11/2026"),
    ),
    SheetColumn(
        name="returned",
        title=N_("Ngày trả kết quả"),
        is_moment=True,
        words=(
            (_NOT_DUE + r".*(ngay|thoi gian|thoi diem) (tra|nhan ket qua|nhan kq)\b", 11),
            (_NOT_DUE + r".*(ngay|thoi gian) (co ket qua|hoan thanh|ket thuc)", 6),
        ),
        hint=N_("Ngày đã trả. Bỏ trống nếu hồ sơ đang giải quyết."),
        examples=("05/10/2026", "08/10/2026", ""),
    ),
    SheetColumn(
        name="channel",
        title=N_("Hình thức nộp"),
        words=(
            (r"(hinh thuc|kenh|cach thuc|phuong thuc|nguon) (nop|tiep nhan|nhan|gui)", 11),
            (r"^hinh thuc$|^kenh$", 6),
        ),
        hint=N_("Trực tiếp, trực tuyến hay bưu chính; bỏ trống nếu không biết."),
        examples=tuple(
            DOSSIER_CHANNEL[each] for each in (DossierChannel.COUNTER, DossierChannel.ONLINE, DossierChannel.POST)
        ),
        choices=tuple(
            DOSSIER_CHANNEL[each] for each in (DossierChannel.COUNTER, DossierChannel.ONLINE, DossierChannel.POST)
        ),
    ),
)
