"""The columns of a sheet of units, for the reader and for the template."""

from commune.labels import KIND_WORDS
from core.sheets.columns import SheetColumn
from core.values.text import N_

PART_OF_PEOPLE = (
    r"\b(?:mat do|ty le|ti le|toc do|tang|giam|do thi|thanh thi|nong thon|dan toc|tuoi|du bao|du kien|nghin|ngan|trieu"
    r"|density|rate|(?:dan so|so dan|nhan khau|trong do) (?:la )?(?:nam|nu)\b(?! ?\d))\b"
)
"""A part, rate or forecast of a population, or one in thousands."""
PEOPLE = r"so dan|dan so|nhan khau|population"
_WHOLE = rf"^(?!.*{PART_OF_PEOPLE})"
COLUMNS = (
    SheetColumn(
        name="code",
        title=N_("Mã đơn vị"),
        words=(
            (r"\bma( so)? (don vi|dvhc|xa|phuong|hanh chinh|dia phuong|thon|truong)", 12),
            (r"^ma( so)?$|\bcode\b", 10),
            (r"\bma\b", 4),
        ),
        hint=N_("Mã của xã, phường, tỉnh, ví dụ 02266. Thôn, cơ quan, trường mới thì để trống: hệ thống tự đặt."),
        examples=("02266", "", "", "02269"),
    ),
    SheetColumn(
        name="name",
        title=N_("Tên đơn vị"),
        words=(
            (r"\bten (day du|moi|don vi|dvhc|xa|phuong|thon|ban|to|truong|co quan|goi|dia phuong)", 13),
            (r"^ten$|^don vi( hanh chinh)?$|\bunit\b|^dia phuong$", 9),
            (r"^(xa|phuong|thon|ban|to dan pho|truong|co quan)\b", 7),
            (r"\bten\b|don vi", 3),
        ),
        hint=N_("Tên đầy đủ, ví dụ xã Lâm Bình. Muốn đổi tên thì ghi tên mới, mã đơn vị và ngày có hiệu lực."),
        examples=("phường Lâm Bình", "thôn Nà Co", "Trường Tiểu học Lăng Can", "xã Thượng Lâm"),
        is_required=True,
    ),
    SheetColumn(
        name="kind",
        title=N_("Loại"),
        words=((r"^loai|loai (don vi|hinh)|^kieu|^cap( hanh chinh| don vi)?$|\bkind\b", 11),),
        hint=N_("Chọn trong danh sách. Bỏ trống được nếu tên đã có chữ xã, phường, thôn…"),
        examples=("phường", "thôn", "trường học", ""),
        choices=tuple(KIND_WORDS),
    ),
    SheetColumn(
        name="parent",
        title=N_("Đơn vị cấp trên"),
        words=((r"cap tren|truc thuoc|^thuoc\b|don vi cha|\bparent\b", 14), (r"^(tinh|huyen|quan)\b|^tinh, ", 6)),
        hint=N_("Mã hoặc tên của đơn vị chứa nó. Bắt buộc với thôn, cơ quan, trường."),
        examples=("", "02266", "xã Lâm Bình, tỉnh Tuyên Quang", ""),
    ),
    SheetColumn(
        name="since",
        title=N_("Có hiệu lực từ ngày"),
        is_moment=True,
        words=((r"hieu luc|tu ngay|ngay (doi|thay doi|bat dau|thanh lap)|\bsince\b", 12),),
        hint=N_("Ngày/tháng/năm mà tên, loại này bắt đầu. Chỉ ghi khi đổi tên, đổi loại hoặc thêm đơn vị mới."),
        examples=("15/03/2026", "", "", ""),
    ),
    SheetColumn(
        name="people",
        title=N_("Số dân"),
        words=((_WHOLE + r"(tong )?(so dan|dan so|quy mo dan so|nhan khau|so nhan khau|so nguoi)", 16),
               (rf"{_WHOLE}.*(?:{PEOPLE})", 11)),
        hint=N_("Số nguyên, ví dụ 1909."),
        examples=("", "", "", "8682"),
    ),
    SheetColumn(
        name="as_of",
        title=N_("Ngày của số dân"),
        is_moment=True,
        words=((r"(ngay|thoi diem|nam)\b.*(so dan|dan so|so lieu|nhan khau)|tinh den|thoi diem|den ngay", 14),),
        hint=N_("Số dân này là của ngày nào. Chỉ biết năm thì ghi năm: tính là ngày 31/12."),
        examples=("", "", "", "28/01/2026"),
    ),
    SheetColumn(
        name="source",
        title=N_("Nguồn số dân"),
        words=((r"\bnguon\b|can cu|theo van ban|\bsource\b", 15),),
        hint=N_("Văn bản, niên giám hoặc cơ quan đã công bố số dân."),
        examples=("", "", "", N_("Công an xã, báo cáo dân cư (ví dụ)")),
    ),
)  # fmt: skip
