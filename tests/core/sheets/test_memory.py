"""Drafts for their owner alone, remembered mappings, and imported lines."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from core.sheets import memory
from core.sheets.memory import SheetDraft

pytestmark = pytest.mark.both_databases

TODAY = date(2026, 6, 1)
SECRET = "Họ tên;Điện thoại\nMa Thị Hoa;0912345678\n".encode()


def keep(session, keyring, *, owner="unit:1", purpose="phiếu"):
    return memory.keep_draft(
        session, keyring, owner=owner, purpose=purpose, name="bảng\0.csv", data=SECRET, today=TODAY
    )  # fmt: skip


def test_a_draft_is_found_by_its_owner_and_purpose_alone(session, keyring):
    id = keep(session, keyring)

    found = memory.find_draft(session, keyring, id, owner="unit:1", purpose="phiếu", today=TODAY)

    assert (found.name, found.data) == ("bảng.csv", SECRET)
    assert memory.find_draft(session, keyring, id, owner="unit:2", purpose="phiếu", today=TODAY) is None
    assert memory.find_draft(session, keyring, id, owner="unit:1", purpose="bài thi", today=TODAY) is None


def test_a_draft_lies_sealed_and_is_bound_to_its_row(session, keyring):
    first, second = keep(session, keyring), keep(session, keyring)
    rows = {row.id: row for row in session.scalars(select(SheetDraft))}
    rows[first].sealed = rows[second].sealed
    session.flush()

    assert b"0912345678" not in rows[second].sealed
    with pytest.raises(ValueError, match="does not open"):
        memory.find_draft(session, keyring, first, owner="unit:1", purpose="phiếu", today=TODAY)


def test_choices_for_a_draft_are_added_to_the_earlier_ones(session, keyring):
    id = keep(session, keyring)
    draft = memory.find_draft(session, keyring, id, owner="unit:1", purpose="phiếu", today=TODAY)

    memory.choose(session, memory.choose(session, draft, kênh="paper"), ngày="2026-06-01")

    again = memory.find_draft(session, keyring, id, owner="unit:1", purpose="phiếu", today=TODAY)
    assert again.choices == {"kênh": "paper", "ngày": "2026-06-01"}


def test_a_choice_for_a_draft_that_is_gone_is_ignored(session, keyring):
    id = keep(session, keyring)
    draft = memory.find_draft(session, keyring, id, owner="unit:1", purpose="phiếu", today=TODAY)
    memory.drop_draft(session, id)

    assert memory.choose(session, draft, kênh="paper").choices == {"kênh": "paper"}
    assert memory.is_decided(session, id)


def test_a_draft_of_the_day_before_yesterday_is_not_found(session, keyring):
    id = keep(session, keyring)

    late = TODAY + timedelta(days=2)
    assert memory.find_draft(session, keyring, id, owner="unit:1", purpose="phiếu", today=late) is None


def test_an_abandoned_draft_is_removed(session, keyring):
    keep(session, keyring)

    assert memory.purge_drafts(session, TODAY + timedelta(days=1)) == 0
    assert memory.purge_drafts(session, TODAY + timedelta(days=2)) == 1
    assert list(session.scalars(select(SheetDraft))) == []


def test_the_daily_purge_takes_old_drafts(app, session, keyring):
    keep(session, keyring)
    session.commit()

    done = app.test_cli_runner().invoke(args=["purge"])

    assert "Bảng tính tải lên mà chưa nhập: đã xóa 1." in done.output


def test_the_meaning_of_columns_is_remembered_by_their_headers(session):
    about = {"owner": "unit:1", "purpose": "phiếu"}
    memory.remember_mapping(session, **about, header=["a", "bc"], places={"level": 0})
    memory.remember_mapping(session, **about, header=["a", "bc"], places={"level": 1})

    assert memory.find_mapping(session, **about, header=["a", "bc"]) == {"level": 1}
    assert memory.find_mapping(session, **about, header=["ab", "c"]) is None


def test_two_equal_lines_are_two_and_two_again(keyring):
    first = memory.line_hashes(keyring, "quầy 1", [["x", 1], ["x", 1], ["x", None]])

    assert len(set(first)) == 3
    assert memory.line_hashes(keyring, "quầy 1", [["x", 1], ["x", 1], ["x", None]]) == first
    assert not set(memory.line_hashes(keyring, "quầy 2", [["x", 1]])) & set(first)


def test_a_line_is_remembered_once(session, keyring):
    hashes = memory.line_hashes(keyring, "quầy", [[number] for number in range(1200)])
    memory.remember_lines(session, hashes[:700])

    assert memory.known_lines(session, hashes) == set(hashes[:700])
    with pytest.raises(IntegrityError):
        memory.remember_lines(session, hashes[:1])
