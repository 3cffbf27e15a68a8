"""An office's sheet gives turns, people and entries as if every paper had been submitted at its moment."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from commune.models import Spelling, Succession
from core.sheets.cells import SheetError
from quiz.attempt.files import imports
from quiz.attempt.models import AnswerSheet, Attempt, Entry, Tally
from quiz.attempt.operations.attempt import NoTriesLeft, start_attempt
from quiz.attempt.operations.importing import HasErrors, NoQuestions, NotOpenYet, RoundClosed, Undecided
from quiz.attempt.operations.tally import rebuild_tally
from quiz.attempt.rules import commitment
from quiz.attempt.rules.sheet_turns import IssueKind
from quiz.contest.models import Participant
from quiz.results.models import StandingRow
from quiz.results.operations.closing import rank_round
from quiz.results.queries.result import find_result, read_outcome
from tests.factories import make_attempt, make_contest, make_participant, make_unit
from tests.support.entries import AN, CHI, HEADER, PAO, as_csv, bring_in, read, report


def count(session, model, *conditions):
    return session.scalar(select(func.count()).select_from(model).where(*conditions))


def tallied(session):
    return [(row.day.day, row.turns, row.people, row.perfect) for row in session.scalars(select(Tally))]


@pytest.fixture
def round(session):
    return make_contest(session).rounds[0]


def test_rows_become_turns_people_and_entries(session, round):
    plan = bring_in(round, AN, PAO, CHI)

    assert (plan.new, plan.known, plan.errors) == (3, 0, [])
    assert (count(session, Attempt), count(session, Participant), count(session, Entry)) == (3, 3, 3)
    assert sorted(tallied(session)) == [(2, 2, 2, 1), (3, 1, 1, 1)]
    assert rebuild_tally(session, round) == []


def test_an_attempt_has_the_times_of_its_row_and_an_unknown_receipt(session, round):
    bring_in(round, AN)

    attempt = session.scalar(select(Attempt))
    assert (attempt.mode, attempt.duration_ms, attempt.correct) == ("sheet", 252_000, 3)
    assert attempt.submitted_at - attempt.started_at == timedelta(seconds=252)
    assert attempt.receipt_hash is not None
    assert attempt.person_commitment and attempt.answers_commitment


def test_the_salt_opens_the_commitment_of_the_sheets_answers(session, round):
    bring_in(round, AN)

    sheet, attempt = session.scalar(select(AnswerSheet)), session.scalar(select(Attempt))
    assert commitment.of_answers(sheet.salt, commitment.read_answers(sheet.answers), 10) == attempt.answers_commitment


@pytest.mark.both_databases
def test_the_same_file_again_changes_nothing(session, round):
    bring_in(round, AN, PAO)

    again = bring_in(round, AN, PAO)

    assert (again.new, again.known) == (0, 2)
    assert count(session, Attempt) == 2


def test_a_file_that_grew_adds_only_its_new_rows(session, round):
    bring_in(round, AN, PAO)

    grown = bring_in(round, PAO, CHI, AN)

    assert (grown.new, grown.known) == (1, 2)
    assert count(session, Attempt) == 3


def test_a_corrected_spelling_is_no_new_turn(session, round):
    bring_in(round, PAO)

    again = bring_in(round, PAO.replace("Lâm Bình", "xã Lâm Bình"))

    assert (again.new, again.known) == (0, 1)


def test_a_second_try_is_an_error_that_names_the_first_row(session, round):
    later = AN.replace("02/06", "03/06")

    planned = report(round, later, AN)

    assert [(error.row, error.text) for error in planned.errors] == [
        (2, "đã dự thi ở dòng 3; quá 1 lượt cho phép, không tính lượt.")
    ]


def test_a_row_with_an_error_stops_the_import(session, round):
    with pytest.raises(HasErrors):
        bring_in(round, PAO, AN, AN.replace("02/06", "03/06"))

    assert count(session, Attempt) == 0


def test_rows_with_errors_are_left_out_on_request(session, round):
    plan = bring_in(round, PAO, AN, AN.replace("02/06", "03/06"), skip_errors=True)

    assert (plan.new, count(session, Attempt)) == (2, 2)


def test_a_try_used_on_the_site_is_used(session, keyring, round):
    an = make_participant(session, keyring, round.contest, name="Lò Thị Hòa", phone="0912345678", birth_year=1985)
    make_attempt(session, keyring, round, participant=an)

    planned = report(round, AN)

    assert [error.text for error in planned.errors] == [
        "người này đã dùng hết 1 lượt của đợt trên hệ thống; không tính lượt."
    ]


def test_a_try_used_by_a_sheet_is_used_on_the_site(session, keyring, round):
    an = make_participant(session, keyring, round.contest, name="Lò Thị Hòa", phone="0912345678", birth_year=1985)
    bring_in(round, AN)

    with pytest.raises(NoTriesLeft):
        start_attempt(session, round, an, now=round.opens_at + timedelta(days=2))


def test_a_participant_registered_on_the_site_keeps_their_unit(session, keyring):
    first, second = make_unit(session, name="xã Lâm Bình"), make_unit(session, name="xã Thượng Lâm")
    round = make_contest(session, unit=first, units=[first, second]).rounds[0]
    make_participant(
        session, keyring, round.contest, name="LÒ THỊ HÒA", phone="0912345678", birth_year=1985, unit=second
    )

    planned = report(round, AN)
    bring_in(round, AN)

    assert [look.text for look in planned.warnings] == [
        "người này đã dự thi cho xã Thượng Lâm; lượt này vẫn tính cho xã Thượng Lâm."
    ]
    assert session.scalar(select(Tally.unit_id)) == second.id
    assert count(session, Participant) == 1


def test_the_same_person_typed_six_ways_is_one(session):
    round = make_contest(session, preset="vcnet").rounds[0]
    ways = [
        ("Lò Thị Hoà", "0912345678"), ("LÒ THỊ HÒA", "+84 912 345 678"), ("lò thị hòa", "912345678"),
        ("Lo\u0300 Thi\u0323 Ho\u0300a", "0912.345.678"), ("Lò\u200b Thị  Hoà", "０９１２３４５６７８"),
        (" Lò Thị Hòa ", "84912345678"),
    ]  # fmt: skip

    bring_in(round, *(f"{name};{phone};1985;Lâm Bình;0{at}/06/2026 09:00;4:12;3;10"
                      for at, (name, phone) in enumerate(ways, start=1)))  # fmt: skip

    assert (count(session, Participant), count(session, Attempt), count(session, Entry)) == (1, 6, 1)


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        ("31/05/2026 23:59", "nộp trước khi đợt thi mở"),
        ("08/06/2026 00:00", "nộp từ lúc đợt thi đóng"),
        ("07/06/2026 23:00", "thời điểm nộp bài chưa tới"),
    ],
)
def test_a_time_outside_the_round_or_in_the_future_is_an_error(session, round, moment, reason):
    planned = report(round, AN.replace("02/06/2026 09:04:12", moment), now=round.opens_at + timedelta(days=6))

    assert [error.text.startswith(reason) for error in planned.errors] == [True]


def test_a_paper_without_a_time_is_last_and_reported(session, keyring):
    round = make_contest(session, preset="duration").rounds[0]
    planned = report(round, AN.replace("02/06/2026 09:04:12", ""), PAO)
    bring_in(round, AN.replace("02/06/2026 09:04:12", ""), CHI.replace("3 phút 5 giây", "4:12"))

    rank_round(session, round, now=round.closes_at + timedelta(hours=1))

    undated = session.scalar(select(Attempt).where(Attempt.mode == "undated"))
    lines = session.execute(select(StandingRow.attempt_id, StandingRow.rank, StandingRow.submitted_at)).all()
    assert undated.submitted_at == round.closes_at - timedelta(milliseconds=1)
    assert {(line.rank, line.submitted_at is None) for line in lines if line.attempt_id == undated.id} == {(2, True)}
    assert planned.notes[-1].startswith("1 lượt không ghi thời điểm nộp bài (đầu tiên là dòng 2)")


def test_a_paper_without_a_time_in_an_open_round_is_not_dated_ahead(session, round):
    now = round.opens_at + timedelta(days=3)

    bring_in(round, AN.replace("02/06/2026 09:04:12", ""), now=now)

    assert session.scalar(select(Attempt.submitted_at)) == now


def test_a_paper_without_a_duration_is_last_in_its_key(session, round):
    bring_in(round, AN.replace("4:12", ""), CHI)

    rank_round(session, round, now=round.closes_at + timedelta(hours=1))

    assert session.execute(select(StandingRow.rank, StandingRow.duration_ms).order_by(StandingRow.rank)).all() == [
        (1, 185_000), (2, None),
    ]  # fmt: skip


def test_people_without_a_phone_count_take_no_place_and_may_be_children(session, keyring):
    round = make_contest(session, people_per_phone=1).rounds[0]
    bring_in(round, AN.replace("0912345678", ""), PAO.replace("912345679", "không có").replace("1990", ""))

    rank_round(session, round, now=round.closes_at + timedelta(hours=1))

    people = list(session.scalars(select(Participant)))
    assert len({person.phone_hash for person in people}) == 2
    assert all(person.verified_at is None for person in people)
    assert sorted(person.may_be_child for person in people) == [False, True]
    outcome = read_outcome(session, keyring, find_result(session, round))
    assert {contact.phone for contact in outcome.contacts.values()} == {None}
    assert all(winner.state == "pending" for winner in outcome.winners)


def test_more_people_than_a_phone_may_carry_are_errors(session):
    round = make_contest(session, people_per_phone=2).rounds[0]
    family = [AN.replace("Lò Thị Hoà", name) for name in ("Lò Văn Một", "Lò Văn Hai", "Lò Văn Ba")]

    plan = report(round, *family)

    assert [(error.row, error.text[:41]) for error in plan.errors] == [(4, "số điện thoại này đã đủ 2 người dự thi; k")]


def test_a_misspelt_unit_refuses_the_import_and_offers_candidates(session):
    units = [make_unit(session, name=name) for name in ("xã Lâm Bình", "xã Thượng Lâm")]
    round = make_contest(session, unit=units[0], units=units).rounds[0]

    planned = report(round, PAO, AN.replace("xã Lâm Bình", "xã Thượg Lâm"))

    assert [(doubt.spelled, doubt.rows, doubt.first) for doubt in planned.doubts] == [("xã Thượg Lâm", 1, 3)]
    assert [candidate.name for candidate in planned.doubts[0].candidates] == ["xã Thượng Lâm"]
    with pytest.raises(Undecided):
        bring_in(round, PAO, AN.replace("xã Lâm Bình", "xã Thượg Lâm"), skip_errors=True)
    assert count(session, Attempt) == 0


def test_a_decision_is_remembered_for_the_next_sheet(session):
    units = [make_unit(session, name=name) for name in ("xã Lâm Bình", "xã Thượng Lâm")]
    contest = make_contest(session, unit=units[0], units=units)

    bring_in(contest.rounds[0], AN.replace("xã Lâm Bình", "Tổ 5"), decide={"Tổ 5": units[1].id})
    planned = report(contest.rounds[1], AN.replace("xã Lâm Bình", "TỔ 5").replace("02/06", "09/06"))

    assert session.scalar(select(Spelling.unit_id)) == units[1].id
    assert (planned.doubts, planned.new) == ([], 1)


def test_a_number_that_may_be_a_persons_is_not_remembered_as_a_spelling(session):
    units = [make_unit(session, name=name) for name in ("xã Lâm Bình", "xã Thượng Lâm")]
    contest = make_contest(session, unit=units[0], units=units)

    sheet = [AN.replace("xã Lâm Bình", "0912345678"), PAO]
    plan = bring_in(contest.rounds[0], *sheet, decide={"0912345678": units[1].id})

    assert (plan.new, count(session, Spelling)) == (2, 0)


def test_a_row_without_a_unit_is_an_error_unless_the_person_is_registered(session, keyring, round):
    make_participant(session, keyring, round.contest, name="Lò Thị Hòa", phone="0912345678", birth_year=1985)

    planned = report(round, AN.replace("xã Lâm Bình", ""), PAO.replace("Lâm Bình", ""))

    assert [(error.row, error.text[:23]) for error in planned.errors] == [(3, "chưa ghi đơn vị dự thi;")]


def test_answers_are_marked_by_the_rounds_own_key(session, round):
    header = "Họ và tên;Số điện thoại;Năm sinh;Đơn vị;Điểm;Câu 1: Ở đâu?;Câu 2;Câu 3"
    lines = ["Lò Thị Hoà;0912345678;1985;Lâm Bình;1 / 3;A;A. Đúng;Đúng", "Vàng A Sử;0912345670;1985;Lâm Bình;3;b;Sai;"]

    entries = read(round, as_csv(*lines, header=header))

    turns = entries.sheet.turns
    assert [(turn.entry.correct, turn.answers) for turn in turns] == [
        (3, '{"1":["A"],"2":["A"],"3":["A"]}'), (0, '{"1":["B"],"2":["B"]}'),
    ]  # fmt: skip
    assert any("có điểm ghi khác điểm chấm theo đáp án" in note for note in entries.sheet.notes)


def test_a_score_out_of_another_number_is_rescaled_and_one_too_high_is_an_error(session, round):
    planned = report(round, AN.replace(";3;10", ";100 / 150;10"), PAO.replace(";2;7", ";4;7"))

    assert (planned.new, [error.text for error in planned.errors]) == (
        1, ["điểm “4” lớn hơn số câu hỏi (3); không tính lượt."],
    )  # fmt: skip


def test_a_round_that_is_closed_unopened_or_without_questions_refuses_a_sheet(session, round):
    with pytest.raises(NotOpenYet):
        bring_in(round, AN, now=round.opens_at - timedelta(seconds=1))
    rank_round(session, round, now=round.closes_at + timedelta(hours=1))
    with pytest.raises(RoundClosed):
        bring_in(round, AN)
    bare = make_contest(session, questions=0).rounds[0]
    with pytest.raises(NoQuestions):
        bring_in(bare, AN)


def test_a_corrected_row_of_the_same_moment_is_reported_where_tries_are_unlimited(session):
    round = make_contest(session, preset="vcnet").rounds[0]
    bring_in(round, AN)

    planned = report(round, AN.replace(";3;10", ";2;10"))

    assert [look.text[:45] for look in planned.warnings] == ["người này đã có một lượt nộp đúng lúc đó; nếu"]


def test_a_better_try_of_a_sheet_becomes_the_entry_of_a_participant(session, keyring):
    round = make_contest(session, preset="vcnet").rounds[0]
    an = make_participant(session, keyring, round.contest, name="Lò Thị Hòa", phone="0912345678", birth_year=1985)
    make_attempt(session, keyring, round, participant=an, correct=1, guess=99)

    bring_in(round, AN)

    entry = session.scalar(select(Entry))
    session.refresh(entry)
    assert (entry.guess, session.get_one(Attempt, entry.attempt_id).mode) == (10, "sheet")
    assert rebuild_tally(session, round) == []


@pytest.mark.parametrize(
    ("places", "reason"),
    [
        ({"name": 99}, "không có cột thứ 100"),
        ({"name": -1}, "không có cột thứ 0"),
        ({"name": 0, "phone": 0, "score": 6}, "được chọn cho hai mục"),
        ({"phone": 1}, "Xin chọn cột họ và tên"),
        ({"name": 0}, "không có cột điểm"),
        ({"name": 0, "bua": 1}, "Không rõ “bua”"),
    ],
)
def test_a_wrong_mapping_is_explained(session, round, places, reason):
    with pytest.raises(SheetError, match=reason):
        read(round, as_csv(AN), places=places)


def test_a_mapping_overrides_the_header(session, round):
    header = HEADER.replace("Họ và tên", "Người").replace("Điểm", "Kết quả cuối")

    entries = read(round, as_csv(AN, header=header), places={"name": 0, "phone": 1, "birth": 2, "unit": 3, "score": 6})

    assert [(turn.name, turn.entry.correct) for turn in entries.sheet.turns] == [("Lò Thị Hoà", 3)]


@pytest.mark.parametrize(("took", "said"), [("3.05", "3,05"), ("4,5", "4,5"), ("5.999", "5,999"), ("6", None)])
def test_an_implausibly_fast_turn_is_reported_and_imported(session, round, took, said):
    planned = report(round, AN.replace(";4:12;", f";{took};"))

    text = f"làm bài chỉ {said} giây cho 3 câu: xem lại cột thời gian ghi phút hay giây."
    assert (planned.new, [look.text for look in planned.warnings]) == (1, [text] if said else [])


def test_a_spelling_decided_to_be_no_unit_is_an_error_left_out_and_never_remembered(session, round):
    away = PAO.replace("Lâm Bình", "Hà Nội")
    with pytest.raises(HasErrors) as refused:
        bring_in(round, AN, away, decide={"Hà Nội": 0})

    plan = bring_in(round, AN, away, decide={"Hà Nội": 0}, skip_errors=True)

    assert [(issue.row, issue.kind) for issue in refused.value.plan.errors] == [(3, IssueKind.NOT_A_UNIT)]
    assert (plan.new, count(session, Attempt), count(session, Spelling)) == (1, 1, 0)


def test_a_unit_is_decided_at_the_terminal_by_code_or_left_out(session, round):
    units = imports.units_of(session, round)
    (unit,) = units.values()

    assert imports.read_decisions(["Tổ 5=" + str(unit.id), "Hà Nội = bỏ"], units) == {"tổ 5": unit.id, "hà nội": 0}


def test_similar_people_on_one_phone_are_reported_and_counted_separately(session, round):
    planned = report(
        round, AN, AN.replace("Lò Thị Hoà", "Lo Thi Hoa"), AN.replace("1985", ""), AN.replace("Hoà", "Hòn"),
        AN.replace("0912345678", "0912345679").replace("1985", "1986"),
        AN.replace("Lò", "LÒ").replace("02/06", "03/06"),
    )  # fmt: skip

    said = "cùng số điện thoại và họ tên gần giống dòng 2; đang tính là người khác."
    assert [(look.row, look.text) for look in planned.warnings] == [(3, said), (4, said)]
    assert [error.row for error in planned.errors] == [7]


def test_a_former_commune_offers_its_successor(session):
    new, other, whole, split = (
        make_unit(session, name=name) for name in ("xã Một", "xã Hai", "xã Phúc Yên", "xã Hồng Quang")
    )
    session.add_all(
        Succession(old_id=old.id, new_id=id) for old, id in ((whole, new.id), (split, new.id), (split, other.id))
    )
    round = make_contest(session, unit=new, units=[new, other]).rounds[0]

    planned = report(round, AN.replace("xã Lâm Bình", "Phúc Yên"), PAO.replace("Lâm Bình", "xã Hồng Quang, Lâm Bình"))

    offered = {
        doubt.spelled: [(each.name, each.about.rpartition(", ")[2]) for each in doubt.candidates]
        for doubt in planned.doubts
    }
    assert offered == {
        "Phúc Yên": [("xã Một", "nay gồm xã Phúc Yên cũ")],
        "xã Hồng Quang, Lâm Bình": [
            ("xã Một", "nay gồm một phần xã Hồng Quang cũ"),
            ("xã Hai", "nay gồm một phần xã Hồng Quang cũ"),
        ],
    }
