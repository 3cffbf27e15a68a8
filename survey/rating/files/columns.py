"""The columns of a sheet of ratings, for the reader and for the template."""

from flask_babel import lazy_gettext

from core.sheets.columns import SheetColumn
from core.values.text import N_
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import LEVELS, REASON_WORDS
from survey.rating.labels import CHANNEL
from survey.rating.rules.channels import Channel

IMPORTED = (Channel.PAPER, Channel.PHONE, Channel.KIOSK)
"""Channels that a sheet may name; ratings by QR code or dossier code are only recorded by the application itself."""

COLUMNS = (
    SheetColumn(
        name="level",
        title=N_("Mức độ hài lòng"),
        words=(
            (r"muc (do )?hai long|do hai long", 12),
            (r"hai long (voi|ve|chung)|satisfaction|rating", 10),
            (r"danh gia( chung)?$|^muc( do)?$|^diem|\bhai long\b", 6),
        ),
        hint=N_("Một trong năm mức, bằng chữ; hoặc số từ 1 (rất không hài lòng) đến 5 (rất hài lòng)."),
        examples=(N_("Rất hài lòng"), N_("Không hài lòng"), "4"),
        choices=tuple(LEVELS[level] for level in sorted(Level, reverse=True)),
        is_required=True,
    ),
    SheetColumn(
        name="when",
        title=N_("Ngày đánh giá"),
        is_moment=True,
        words=(
            (r"ngay danh gia|dau thoi gian|timestamp|thoi (gian|diem) (danh gia|gui|ghi)", 12),
            (
                r"^(?!.*\b(sinh|hen|cap|han|nop(?! phieu)|tra(?! (phieu|loi))|ky|ban hanh|giai quyet|cho|xu ly)\b)"
                r"(ngay\b|.*thoi gian|luc\b|.*\bdate\b)",
                6,
            ),
        ),
        hint=N_("Ngày/tháng/năm, ví dụ 05/06/2026. Chỉ tuần của ngày này được giữ lại."),
        examples=("05/06/2026", "05/06/2026 09:12", "06/06/2026"),
    ),
    SheetColumn(
        name="channel",
        title=N_("Kênh"),
        words=((r"^kenh\b|hinh thuc (danh gia|thu thap)|channel", 10), (r"^hinh thuc$|^cach thuc$", 6)),
        hint=N_("Người dân đánh giá bằng cách nào; bỏ trống thì theo kênh chọn khi nhập."),
        examples=(CHANNEL[Channel.PAPER], CHANNEL[Channel.PHONE], ""),
        choices=tuple(CHANNEL[channel] for channel in IMPORTED),
    ),
    SheetColumn(
        name="reasons",
        title=N_("Điều muốn nói tới"),
        words=((r"dieu (ong/ba |ong ba )?muon noi|ly do|noi dung (chua )?hai long|yeu to|reason", 10),),
        hint=lazy_gettext(
            "Một hay nhiều điều, cách nhau bằng dấu chấm phẩy: %(reasons)s.", reasons="; ".join(REASON_WORDS.values())
        ),
        examples=(N_("Thái độ phục vụ"), N_("Thời gian chờ ở quầy; Số lần đi lại"), ""),
    ),
    SheetColumn(
        name="comment",
        title=N_("Góp ý"),
        words=((r"gop y|y kien|nhan xet|kien nghi|comment|de xuat", 9),),
        hint=N_("Lời của người dân, không quá 1000 chữ. Số điện thoại, số căn cước, thư điện tử sẽ được ẩn đi."),
        examples=("", N_("Chờ hơn một tiếng mới đến lượt."), ""),
    ),
    SheetColumn(
        name="counter",
        title=N_("Quầy"),
        words=((r"^(so )?quay\b|counter", 9),),
        hint=N_("Số quầy. Bỏ trống nếu cả bảng là của một quầy."),
        examples=("", "", ""),
    ),
    SheetColumn(
        name="number",
        title=N_("Số phiếu"),
        words=((r"so phieu|ma phieu|phieu so", 11), (r"^stt$|so thu tu|^tt$", 4)),
        hint=N_("Số ghi trên phiếu, để hai phiếu giống nhau trong một ngày vẫn là hai phiếu."),
        examples=("1", "2", "3"),
    ),
)
