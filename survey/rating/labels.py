"""Vietnamese labels for the channels of ratings."""

from core.values.text import N_
from survey.rating.rules.channels import Channel

CHANNEL: dict[Channel, str] = {
    Channel.OPEN: N_("Mã QR tại quầy"),
    Channel.CODE: N_("Mã đánh giá theo hồ sơ"),
    Channel.KIOSK: N_("Máy đánh giá tại quầy"),
    Channel.PHONE: N_("Phỏng vấn qua điện thoại"),
    Channel.PAPER: N_("Phiếu giấy"),
}
