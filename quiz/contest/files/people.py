"""The columns that identify a person in a sheet: of papers, of the roster."""

from core.sheets.columns import SheetColumn
from core.sheets.evidence import no_addresses
from core.values.text import N_

NAME = SheetColumn(
    "name",
    N_("Họ và tên"),
    (
        (r"^ho va ten$|^ho ten$|^full ?name$", 14),
        (r"ho (va |, )?ten|full ?name|ten (nguoi|thi sinh)|ho,? ten", 11),
        (r"^ten$|^name$|^thi sinh$|^nguoi du thi$", 8),
    ),
    N_("Đủ họ và tên, có dấu."),
    (N_("Nguyễn Thị Ví Dụ"), N_("Trần Văn Ví Dụ")),
    is_required=True,
)
FAMILY = SheetColumn("family", N_("Họ và tên đệm"), ((r"^ho( va)?( ten)?( chu)? (dem|lot)$|^ho$|^last name$", 15),))
PHONE = SheetColumn(
    "phone",
    N_("Số điện thoại"),
    (
        (r"dien thoai|phone|\bsdt\b|\bso dt\b|\bdtdd\b", 12),
        (r"di dong|mobile|zalo|^dt$|^tel", 6),
    ),
    N_("Để gọi khi đạt giải. Người trong nhà dùng chung một số được. Không có thì bỏ trống."),
    ("0710000001", "071 000 0002"),
)
BIRTH = SheetColumn(
    "birth",
    N_("Năm sinh"),
    ((r"nam sinh|ngay sinh|sinh nam|thang sinh|birth|\bdob\b", 12),),
    N_("Năm sinh, ví dụ 1985."),
    ("1985", "1964"),
)
UNIT = SheetColumn(
    "unit",
    N_("Đơn vị dự thi"),
    (
        (r"don vi du thi", 13),
        (r"don vi|\bunit\b", 10),
        (r"xa\b.*(thi tran|phuong)|phuong\b.*xa\b|dia phuong|co quan|commune|\bward\b", 8),
        (r"noi (cong tac|o|cu tru)|^xa$|^phuong$|dia chi(?!.*(mail|\bip\b|\bmac\b|web|\burl\b))|\btruong\b", 4),
        (r"^(chi bo|dang bo|chi doan|chi hoi|thon|ban|to dan pho|lop|phong ban)\b", 3),
    ),
    N_("Chọn trong danh sách. Một người chỉ dự thi cho một đơn vị."),
    judge=no_addresses,
)
