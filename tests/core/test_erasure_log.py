"""Erased persons stay erased after a restore of an older copy."""

import json
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from account.models import AuditEntry
from core import clock, erasure_log
from core.values.week import local_date, monday_of
from core.web.extensions import db
from privacy.operations.erasure import erase_subjects
from quiz.contest.models import Participant
from quiz.persons.operations.holder import HOLDER
from survey.instrument.rules.levels import Level
from survey.rating.models import Rating
from survey.rating.operations.comments import erase_comment
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.factories import make_contest, make_counter, make_participant

pytestmark = pytest.mark.both_databases

AT = {"channel": Channel.OPEN, "now": clock.now()}


@pytest.fixture
def erased_since(app, session, keyring, tmp_path):
    """Return a backup with a person who was erased since; the file, and the person."""
    contest = make_contest(session, first_day=monday_of(local_date(clock.now())))  # not due by age
    person, other = make_participant(session, keyring, contest), make_participant(session, keyring, contest)
    session.commit()
    file = str(tmp_path / "copy.tar.gz")
    assert app.test_cli_runner().invoke(args=["backup", "create", file]).exit_code == 0
    erase_subjects(session, keyring, HOLDER, [person.id], now=clock.now())
    session.commit()
    ids = person.id, other.id
    session.close()
    return file, *ids


@pytest.mark.parametrize(("options", "is_reported"), [([], 1), (["--with-erased"], 0)])
def test_a_person_erased_since_the_backup_stays_erased_unless_it_was_a_mistake(
    app, session, erased_since, options, is_reported
):
    file, gone, other = erased_since

    restored = app.test_cli_runner().invoke(args=["backup", "restore", file, "--replace", *options])

    known = [session.get_one(Participant, id).person_id is not None for id in (gone, other)]
    assert restored.exit_code == 0, restored.output
    assert known == [not is_reported, True]
    assert ("Đã xóa lại thông tin của 1 người" in restored.output) == bool(is_reported)
    assert "CHÚ Ý: không có" not in restored.output


@pytest.mark.parametrize("remembered", [True, False], ids=["with the file", "without it"])
def test_an_erased_person_stays_erased_even_if_the_data_is_lost(app, session, settings, erased_since, remembered):
    file, gone, other = erased_since
    lose(settings)
    if not remembered:
        (settings.instance_path / "erased.txt").unlink()

    restored = app.test_cli_runner().invoke(args=["backup", "restore", file, "--replace"])

    known = [session.get_one(Participant, id).person_id is not None for id in (gone, other)]
    assert restored.exit_code == 0, restored.output
    assert known == [not remembered, True]
    assert (f"CHÚ Ý: không có {settings.instance_path}/erased.txt" in restored.output) == (not remembered)


def test_the_log_holds_no_names_and_only_its_owner_can_read_it(settings, erased_since):
    file, gone = settings.instance_path / "erased.txt", erased_since[1]

    assert file.read_text() == f"participant {gone}\n"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_rolled_back_erasure_is_not_logged(session, keyring, settings):
    person = make_participant(session, keyring, make_contest(session))
    session.commit()

    erase_subjects(session, keyring, HOLDER, [person.id], now=clock.now())
    session.rollback()
    make_counter(session)
    session.commit()

    assert not (settings.instance_path / "erased.txt").exists()


def test_an_erasure_succeeds_if_the_log_can_not_be_written(session, keyring, settings):
    (settings.instance_path / "erased.txt").mkdir()
    person = make_participant(session, keyring, make_contest(session))

    erase_subjects(session, keyring, HOLDER, [person.id], now=clock.now())
    session.commit()

    assert person.person_id is None


def test_unreadable_lines_erase_no_person(tmp_path):
    id = uuid.uuid4()
    (tmp_path / "erased.txt").write_bytes(f"participant {id}\ncomment {uuid.uuid4()}\nparticipant 12\n\xff\n".encode())

    assert erasure_log.read(tmp_path / "erased.txt", "participant") == {id}


def test_a_comment_that_was_erased_since_the_backup_stays_erased(app, session, keyring, settings, tmp_path):
    for receipt in ("A", "B"):
        record_rating(
            session, keyring, make_counter(session), Opinion(Level(2), comment=receipt), **AT, receipt=receipt
        )
    session.commit()
    file = str(tmp_path / "copy.tar.gz")
    app.test_cli_runner().invoke(args=["backup", "create", file])
    erase_comment(session, session.scalars(select(Rating).where(Rating.comment == "A")).one())
    session.commit()
    session.close()

    restored = app.test_cli_runner().invoke(args=["backup", "restore", file, "--replace"])

    assert sorted(session.scalars(select(Rating.comment))) == ["", "B"]
    assert "Đã xóa lại 1 góp ý" in restored.output


@pytest.mark.parametrize(("options", "left"), [([], ""), (["--with-erased"], "cũ")])
def test_a_restore_purges_old_data_unless_erased_data_is_kept(app, session, keyring, tmp_path, options, left):
    opinion = Opinion(Level(2), comment="cũ")
    rating = session.get(Rating, record_rating(session, keyring, make_counter(session), opinion, **AT, receipt="C"))
    rating.week -= timedelta(weeks=110)
    session.commit()
    file, run = str(tmp_path / "copy.tar.gz"), app.test_cli_runner().invoke
    run(args=["backup", "create", file])
    session.close()

    restored = run(args=["backup", "restore", file, "--replace", *options])

    assert session.scalars(select(Rating.comment)).all() == [left]
    assert ("Góp ý bằng lời trong lượt đánh giá: đã xóa 1, vì quá hạn giữ." in restored.output) == (not left)
    assert ("flask purge --dry-run" in restored.output) == bool(left)


def test_the_audit_trail_records_the_day_of_the_copy_and_its_changes(app, session, erased_since):
    restored = app.test_cli_runner().invoke(args=["backup", "restore", erased_since[0], "--replace"])

    after = json.loads(session.scalars(select(AuditEntry.after)).one())
    assert after["file"] == "copy.tar.gz"
    assert f"Bản sao lưu làm lúc {after['made_at']}." in restored.output
    assert "Đã xóa lại thông tin của 1 người" in after["done"]


def lose(settings):
    """Destroy the database as a broken disk would."""
    db.session.close()
    db.engine.dispose()
    if settings.database_url.startswith("sqlite"):
        file = settings.instance_path / "test.sqlite3"
        file.write_bytes(b"\x00" * 8192)
        for beside in ("-wal", "-shm"):
            file.with_name(file.name + beside).unlink(missing_ok=True)
    else:
        with db.engine.begin() as connection:
            connection.execute(text("DROP TABLE quiz_participant CASCADE"))
