"""The columns that identify a person in a sheet: of papers, of the roster."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.sheets.cells import Cell, Row, text_of
from core.sheets.columns import JUDGED, SheetColumn, cell_at
from core.sheets.evidence import most, no_addresses
from core.sheets.grids import Grid
from core.values.names import odd_letter
from core.values.text import N_

_NOT_OTHERS = r"^(?!.*\b(nguoi (nhap|lap|gioi thieu|ho tro|phu trach|bao ho|than)|can bo|phu huynh|giao vien)\b).*"
"""The name or phone of somebody else than the person of the row."""
NAME = SheetColumn(
    "name",
    N_("Họ và tên"),
    (
        (r"^ho va ten$|^ho ten$|^full ?name$", 14),
        (_NOT_OTHERS + r"(ho (va |, )?ten|full ?name|ten (nguoi|thi sinh)|ho,? ten)", 11),
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
        (_NOT_OTHERS + r"(dien thoai|phone|\bsdt\b|\bso dt\b|\bdtdd\b)", 12),
        (r"di dong|mobile|zalo|^dt$|^tel", 6),
    ),
    N_("Để gọi khi đạt giải. Người trong nhà dùng chung một số được. Không có thì bỏ trống."),
    ("0710000001", "071 000 0002"),
)
_BORN = ((r"nam sinh|ngay sinh|sinh nam|thang sinh|birth|\bdob\b", 12),)
BIRTH = SheetColumn("birth", N_("Năm sinh"), _BORN, N_("Năm sinh, ví dụ 1985."), ("1985", "1964"))
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

BLOC = SheetColumn(
    "bloc",
    N_("Khối"),
    ((r"^khoi\b|khoi thi dua|doi tuong|\bbloc\b", 11),),
    N_("Khối hoặc bảng dự thi, nếu có chia."),
    (N_("Cán bộ, công chức"), N_("Người dân")),
)


def with_given_names(grid: Grid) -> Grid:
    """Return *grid* with the given names beside the names, if one title is merged over both."""
    given = split_name(grid.header, grid.places, [row for _, row in grid.rows])
    if given is None:
        return grid
    return replace(grid, places={**grid.places, FAMILY.name: grid.places[NAME.name], NAME.name: given})


def split_name(header: Sequence[str], places: Mapping[str, int], below: Sequence[Row]) -> int | None:
    """Return the place of the given names beside the names, below one title merged over both; None if there are none.

    The column has no title, and most cells of the rows *below* are one or two words of letters.
    """
    place = places.get(NAME.name)
    if place is None or FAMILY.name in places or place + 1 in places.values():
        return None
    if place + 1 < len(header) and header[place + 1]:
        return None
    cells = [cell_at(row, place + 1) for row in below if text_of(cell_at(row, place))][:JUDGED]
    return place + 1 if most(cells, _is_given) else None


def _is_given(cell: Cell) -> bool:
    text = text_of(cell) if isinstance(cell, str) else ""
    return 0 < len(text.split()) < 3 and odd_letter(text) is None
