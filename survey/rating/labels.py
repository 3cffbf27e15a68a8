"""Vietnamese labels for the channels of ratings, and for their import."""

from core.importing.words import ImportWords
from core.values.text import N_
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import RatingClass

CHANNEL: dict[Channel, str] = {
    Channel.OPEN: N_("Mã QR tại quầy"),
    Channel.CODE: N_("Mã đánh giá theo hồ sơ"),
    Channel.KIOSK: N_("Máy đánh giá tại quầy"),
    Channel.PHONE: N_("Phỏng vấn qua điện thoại"),
    Channel.PAPER: N_("Phiếu giấy"),
}

CLASS: dict[str, str] = {
    RatingClass.FIRST: N_("Tính ngay"),
    RatingClass.BACK: N_("Tính ngay"),
    RatingClass.AGAIN: N_("Tính ngay"),
    RatingClass.MORE: N_("Lượt thứ tư trở đi của một máy"),
    RatingClass.BURST: N_("Lượt dồn dập"),
    RatingClass.OWN: N_("Lượt từ máy của cơ quan"),
    RatingClass.MORE_COUNTED: N_("Lượt thứ tư trở đi của một máy, đã cho tính"),
    RatingClass.BURST_COUNTED: N_("Lượt dồn dập, đã cho tính"),
    RatingClass.OWN_COUNTED: N_("Lượt từ máy của cơ quan, đã cho tính"),
}

IMPORT = ImportWords(
    title=N_("Nhập phiếu đánh giá"),
    heading=N_("Nhập phiếu đánh giá vào Quầy %(number)s"),
    intro=N_(
        "Dùng cho phiếu giấy, phỏng vấn qua điện thoại hoặc biểu mẫu đã có sẵn trong bảng tính. Mỗi dòng là một lượt "
        "đánh giá; lượt của kênh nào tính cho kênh ấy, không cộng lẫn."
    ),
    review=N_("Xem lại trước khi nhập vào Quầy %(number)s"),
    done=N_("Đã nhập %(n)s lượt đánh giá vào quầy %(number)s."),
    job=N_("Nhập phiếu đánh giá vào quầy %(number)s, %(office)s"),
    template_file="mau phieu danh gia quay %(number)s",
    report_file="bao cao nhap phieu quay %(number)s",
)
"""The texts of the pages that import a sheet of ratings."""
