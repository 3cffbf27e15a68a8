"""`flask quiz rank` on sheets in old encodings and formats; no result is wrong without a word."""

from tests.support.ranking import rank_lines

HEAD = "Dấu thời gian,Họ và tên,Số điện thoại,Đơn vị,Số câu đúng"


def test_names_and_units_in_tcvn3_are_converted_with_a_note(tmp_path) -> None:
    report = rank_lines(tmp_path, HEAD, "14/06/2023 08:15:30,TrÇn V¨n Kh¸nh,0987000001,x· Th­îng MÉu,8")

    assert [(one["name"], one["unit"]) for one in report["standings"]] == [("Trần Văn Khánh", "xã Thượng Mẫu")]
    assert any("bảng mã TCVN3 (ABC); đã đổi sang Unicode" in note for note in report["problems"])


def test_a_csv_saved_in_the_bytes_of_tcvn3_is_converted(tmp_path) -> None:
    lines = ("Hä vµ tªn,§iÖn tho¹i,§¬n vÞ,Sè c©u ®óng", "TrÇn V¨n Kh¸nh,0987000001,x· Th­îng MÉu,8")

    report = rank_lines(tmp_path, *lines, encoding="latin-1")

    assert [(one["name"], one["unit"]) for one in report["standings"]] == [("Trần Văn Khánh", "xã Thượng Mẫu")]


def test_names_encoded_twice_are_converted(tmp_path) -> None:
    twice = "Trần Văn Khánh".encode().decode("cp1252")

    report = rank_lines(tmp_path, HEAD, f"14/06/2023 08:15:30,{twice},0987000001,xã Mẫu,8")

    assert report["standings"][0]["name"] == "Trần Văn Khánh"


def test_letters_that_were_lost_when_saving_are_reported(tmp_path) -> None:
    report = rank_lines(tmp_path, HEAD, "14/06/2023 08:15:30,Tr?n V?n Kh?nh,0987000001,xã Mẫu,8")

    assert any(note.startswith("1 dòng có chữ đã mất khi lưu tệp") and "dòng 2" in note for note in report["problems"])
