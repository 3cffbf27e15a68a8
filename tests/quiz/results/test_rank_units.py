"""`flask quiz rank` on spellings of units and of people that look alike; nothing is summed without a word."""

from tests.support.ranking import rank_lines

HEAD = "Họ và tên,Số điện thoại,Năm sinh,Đơn vị,Số câu đúng"


def lines(*units):
    return [f'Lò Mẫu {"ABCDEF"[at]},098700000{at},1990,"{unit}",8 / 8' for at, unit in enumerate(units)]


def test_a_unit_with_its_province_is_one_line(tmp_path) -> None:
    report = rank_lines(tmp_path, HEAD, *lines("xã Mỹ Thử", "xã Mỹ Thử, tỉnh Mẫu", "My Thu - Mau"))

    assert report["turnout"] == [{"unit": "xã Mỹ Thử", "turns": 3, "people": 3}]


def test_units_spelt_nearly_alike_are_reported_and_summed_on_request(tmp_path) -> None:
    sheet = lines("xã Mỹ Thử", "xã Mỹ Thử", "xã Mĩ Thử", "xã Ea H'Mau", "xã Ea H Mau")

    printed = rank_lines(tmp_path, HEAD, *sheet)
    summed = rank_lines(tmp_path, HEAD, *sheet, options=("--sum-units",))

    assert len(printed["turnout"]) == 4
    assert (
        "Đơn vị “xã Mỹ Thử” (2 lượt) và “xã Mĩ Thử” (1 lượt) viết gần giống nhau; nếu là một, "
        "thêm --sum-units để cộng chung." in printed["problems"]
    )
    assert sum("viết gần giống nhau" in note for note in printed["problems"]) == 2
    assert [line["turns"] for line in summed["turnout"]] == [3, 2]
    assert "Đơn vị “xã Mỹ Thử” cộng chung cả cách viết “xã Mĩ Thử”." in summed["problems"]


def test_one_person_in_look_alike_letters_is_one_person(tmp_path) -> None:
    report = rank_lines(
        tmp_path,
        HEAD,
        "H'Hen Mẫu,0987000001,1992,xã Mẫu,8 / 8",
        "H’ Hen Mẫu,0987000001,1992,xã Mẫu,7 / 8",
        "Ðặng Thị Mẫu,0987000002,1980,xã Mẫu,7 / 8",
        "Đặng Thị Mẫu,0987000002,1980,xã Mẫu,8 / 8",
    )

    assert (report["people"], report["turns"]) == (2, 2)
    assert [note[:6] for note in report["problems"] if "đã dự thi ở dòng" in note] == ["Dòng 3", "Dòng 5"]


def test_names_that_differ_by_marks_alone_on_one_phone_are_reported(tmp_path) -> None:
    report = rank_lines(
        tmp_path, HEAD, "Lò Thị Mẫu,0987000001,1992,xã Mẫu,8 / 8", "Lo Thi Mau,0987000001,1992,xã Mẫu,7 / 8"
    )

    assert report["people"] == 2
    assert any(note.startswith("Dòng 3: cùng số điện thoại và họ tên gần giống dòng 2") for note in report["problems"])
