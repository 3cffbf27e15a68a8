"""Posters of a province in one command: one whole file per office, skipped if unchanged, drawn again if changed."""

import pytest

from account.operations.audit import TERMINAL
from commune.queries.offices import list_offices
from survey.counter.documents import Poster
from survey.counter.documents.bulk import PosterFile, draw_all, draw_file
from survey.counter.operations.counters import reissue_address
from survey.counter.queries.counters import list_open_counters, list_printing_offices
from survey.counter.queries.printed import address_of
from tests.factories import MONDAY, make_counter, make_office, make_unit
from tests.support.sheets import pages_of, poster, texts_on, words_on


@pytest.fixture
def province(session):
    """Create a province, two communes with an office each, one office without a counter, and a foreign one."""
    province = make_unit(session, code="08", kind="province", name="tỉnh Tuyên Quang")
    for name in ("xã Lâm Bình", "xã Thượng Lâm"):
        office = make_office(session, unit=make_unit(session, name=name, parent=province), name=f"Trung tâm {name}")
        for number in (1, 2):
            make_counter(session, office=office, number=number)
    make_office(session, unit=province, name="Chưa có quầy")
    make_counter(session, office=make_office(session, name="Tỉnh khác"))
    session.commit()
    return province


def run(app, *args):
    return app.test_cli_runner().invoke(args=["survey", "posters", *map(str, args)])


def inside(folder):
    return {file.name: file.stat().st_mtime_ns for file in sorted(folder.iterdir())}


def test_a_province_is_drawn_a_file_an_office_whatever_lies_elsewhere(app, session, province, tmp_path):
    done = run(app, "--unit", "08", tmp_path / "to")

    offices = [office for office in list_offices(session) if office.name.startswith("Trung tâm xã")]
    assert done.exit_code == 0, done.output
    assert set(inside(tmp_path / "to")) == {f"{office.slug}-a4.pdf" for office in offices}
    assert "đã vẽ 2 tệp" in done.output
    assert all(len(pages_of(file.read_bytes())) == 2 for file in (tmp_path / "to").iterdir())


def test_everything_is_drawn_when_everything_is_asked_for(app, province, tmp_path):
    done = run(app, "--all", tmp_path)

    assert "đã vẽ 3 tệp" in done.output


def test_a_second_run_draws_nothing_and_again_draws_all(app, province, tmp_path):
    run(app, "--unit", "08", tmp_path)
    before = inside(tmp_path)

    second = run(app, "--unit", "08", tmp_path)
    kept = inside(tmp_path)
    third = run(app, "--unit", "08", tmp_path, "--again")

    assert "đã vẽ 0 tệp, 2 tệp đã có và còn đúng" in second.output
    assert kept == before
    assert "đã vẽ 2 tệp, trong" in third.output


def test_a_replaced_code_a_closed_counter_and_a_torn_file_are_drawn_again(app, session, province, tmp_path):
    folder = tmp_path / "to"
    run(app, "--all", folder)
    first, second, third = list_printing_offices(session)
    reissue_address(session, TERMINAL, list_open_counters(session, [first])[0], now=MONDAY)
    list_open_counters(session, [second])[0].closed_on = MONDAY.date()
    session.commit()
    torn = folder / f"{list_open_counters(session, [third])[0].office.slug}-a4.pdf"
    torn.write_bytes(torn.read_bytes()[:-9])

    again = run(app, "--all", folder)

    assert "đã vẽ 3 tệp, trong" in again.output
    assert all(texts_on(page) for file in folder.iterdir() for page in pages_of(file.read_bytes()))


def test_several_processes_draw_the_same_files(tmp_path):
    jobs = [
        PosterFile(tmp_path / f"{at}.pdf", [poster(url=f"https://DANHGIA.LAMBINH.VN/Q/7K3M9QXD{at:02}")], "a5")
        for at in range(20)
    ]

    drawn = list(draw_all(iter(jobs), workers=2))

    assert drawn == [True] * 20
    assert [texts_on(pages_of(job.file.read_bytes())[0]) for job in jobs] == [[job.posters[0].url] for job in jobs]
    assert len(inside(tmp_path)) == 20


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failed_drawing_leaves_the_earlier_file(tmp_path, workers):
    file = tmp_path / "x.pdf"
    file.write_bytes(b"old")

    with pytest.raises(ValueError, match="needs a text"):
        list(draw_all([PosterFile(file, [poster(url="")], "a4")], workers=workers))

    assert file.read_bytes() == b"old"
    assert list(inside(tmp_path)) == ["x.pdf"]


def test_a_full_disk_leaves_no_half_file(tmp_path, monkeypatch):
    def full(_path, _content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)

    with pytest.raises(OSError, match="No space"):
        draw_file(PosterFile(tmp_path / "x.pdf", [poster()], "a4"))

    assert inside(tmp_path) == {}


def test_an_unwritable_folder_is_reported_kindly(app, province, tmp_path):
    (tmp_path / "tep").write_text("")

    done = run(app, "--unit", "08", tmp_path / "tep" / "con")

    assert done.exit_code == 1
    assert "Chưa ghi được vào thư mục" in done.output


def test_an_offices_own_texts_are_on_its_posters(app, session, province, tmp_path):
    words = tmp_path / "Tiếng Tày.txt"
    words.write_text("cau-hoi: [hỏi]\nbuoc-1: [1]\nbuoc-2: [2]\nbuoc-3: [3]\ncam-ket: [hứa]\n")
    office = list_open_counters(session, list_printing_offices(session)[:1])[0].office

    done = run(app, office.slug, tmp_path / "to", "--words", words, "--format", "the")

    assert done.exit_code == 0, done.output
    text = words_on(pages_of((tmp_path / "to" / "quay-2-the-tieng-tay.pdf").read_bytes())[0])
    assert (text.count("[hỏi]"), text.count("[hứa]"), text.count("[3]")) == (2, 2, 2)


def test_unprintable_words_are_reported_before_anything_is_drawn(app, province, tmp_path):
    words = tmp_path / "loi.txt"
    words.write_text("cau-hoi: ខ្មែរ\n")

    done = run(app, "--unit", "08", tmp_path / "to", "--words", words)

    assert done.exit_code == 1
    assert "Dòng 1: phông chữ của tờ in không viết được" in done.output
    assert "Còn thiếu: buoc-1, buoc-2" in done.output
    assert not (tmp_path / "to").exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "Xin nêu một trong ba"),
        (("lam-binh", "--unit", "08"), "Xin nêu một trong ba"),
        (("--all", "--unit", "08"), "Xin nêu một trong ba"),
        (("--unit", "99"), "Không có đơn vị nào mang mã 99."),
        (("khong-co",), "Không có cơ quan nào tên 'khong-co'."),
        (("--all", "--language", "en", "--words", __file__), "Xin chọn một"),
    ],
)
def test_an_unclear_command_gets_an_explanation(app, province, tmp_path, args, said):
    done = run(app, *args, tmp_path / "to")

    assert done.exit_code != 0
    assert said in done.output


def test_a_unit_without_counters_gives_a_message(app, session, tmp_path):
    make_unit(session, code="77")
    session.commit()

    assert "chưa có cơ quan nào có quầy" in run(app, "--unit", "77", tmp_path).output


def test_the_terminal_replaces_a_code(app, session, keyring, province):
    counter = list_open_counters(session, list_printing_offices(session)[:1])[0]
    before = address_of(keyring, counter)

    done = app.test_cli_runner().invoke(args=["survey", "reissue", counter.office.slug, str(counter.number)])
    missing = app.test_cli_runner().invoke(args=["survey", "reissue", counter.office.slug, "77"])

    session.expire_all()
    assert f"Đã thay mã của Quầy {counter.number}" in done.output
    assert address_of(keyring, counter) != before
    assert "không có quầy số 77" in missing.output


def test_memory_does_not_grow_with_the_number_of_jobs(tmp_path):
    taken = []

    def jobs():
        for at in range(200):
            taken.append(at)
            yield PosterFile(tmp_path / "one.pdf", [Poster("a", "b", f"A{at % 3}", "d", "e", "f")], "a5")

    progress = [len(taken) - done for done, _ in enumerate(draw_all(jobs(), workers=2), start=1)]

    assert max(progress) <= 2 * 8
