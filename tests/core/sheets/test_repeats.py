"""Cells that say "as above"."""

from core.sheets.repeats import Repeats


def test_a_cell_that_says_as_above_is_filled_and_reported() -> None:
    units = Repeats()
    cells = ["nt", "xã Mẫu", "nt", "//", "-", "″", "Như trên", None, "xã Hai", '"']

    filled = [units.fill(number, cell) for number, cell in enumerate(cells, 2)]

    assert filled == ["nt", "xã Mẫu", "xã Mẫu", "xã Mẫu", "-", "xã Mẫu", "xã Mẫu", None, "xã Hai", "xã Hai"]
    assert units.notes() == ["5 ô đơn vị ghi “nt” (đầu tiên là dòng 4); đã lấy đơn vị của dòng trên."]
