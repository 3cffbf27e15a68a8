"""A sheet with every damage at once, through dry run, decision and import at the terminal."""

import pytest
from sqlalchemy import func, select

from bench import ugly_sheet
from commune.models import Unit
from core import clock
from core.values.week import VIETNAM
from quiz.attempt.models import Attempt, Tally
from quiz.results.operations.closing import rank_round
from quiz.results.queries.result import find_result, read_outcome
from tests.support.ugly import later, round

__all__ = ["later", "round"]


@pytest.fixture(params=["xlsx", "cp1258", "utf-8-sig", "utf-16"])
def file(request, tmp_path, round):
    opens = round.opens_at.astimezone(VIETNAM)
    name = tmp_path / ("bang.xlsx" if request.param == "xlsx" else "bang.csv")
    name.write_bytes(ugly_sheet.as_xlsx(opens) if request.param == "xlsx" else ugly_sheet.as_csv(opens, request.param))
    return name


def run(app, round, file, *options):
    where = f"{round.contest.slug}/{round.number}"
    return app.test_cli_runner().invoke(args=["quiz", "import-entries", str(file), "--round", where, *options])


def test_every_damage_at_once_is_reported_decided_and_imported(app, session, keyring, round, file):
    dry = run(app, round, file, "--dry-run")
    refused = run(app, round, file, "--skip-errors")
    codes = {unit.unit.name: unit.unit.code for unit in round.contest.units}
    decisions = [
        f"--decide={ugly_sheet.MISSPELT}={codes['xã Thượng Lâm']}",
        f"--decide={ugly_sheet.CONTRADICTING}={codes['xã Côn Lôn']}",
    ]
    wary = run(app, round, file, *decisions)
    done = run(app, round, file, "--skip-errors", *decisions)
    again = run(app, round, file, "--skip-errors")

    assert dry.exit_code == 0
    assert f"“{ugly_sheet.MISSPELT}” (2 dòng, đầu tiên là dòng 9): " in dry.output
    assert "Dòng 7: đã dự thi ở dòng 6; quá 1 lượt cho phép, không tính lượt." in dry.output
    assert (refused.exit_code, "--decide" in refused.output) == (1, True)
    assert (wary.exit_code, "--skip-errors" in wary.output) == (1, True)
    assert (done.exit_code, f"Đã nhập {ugly_sheet.TURNS} lượt dự thi" in done.output) == (0, True)
    assert f"Dòng có lỗi: {ugly_sheet.ERRORS}." in done.output
    assert (again.exit_code, "Đã nhập 0 lượt dự thi" in again.output) == (0, True)
    _check_what_is_stored(session, keyring, round)


def _check_what_is_stored(session, keyring, round):
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(Attempt)) == ugly_sheet.TURNS
    by_unit = dict(session.execute(select(Unit.name, func.sum(Tally.turns)).join(Tally).group_by(Unit.name)).all())
    assert by_unit == {"xã Côn Lôn": 2, "xã Thượng Lâm": 3, "xã Minh Quang": 2, "phường Minh Xuân": 2}
    rank_round(session, round, now=clock.now())
    outcome = read_outcome(session, keyring, find_result(session, round))
    contacts = {contact.name: contact for contact in outcome.contacts.values()}
    assert (contacts["Ma Thị Hoà"].phone, contacts["Ma Thị Hoà"].birth_year) == ("0710000011", 1985)
    assert contacts["Nông Thị Dung"].phone is None
    first = outcome.standings[0]
    assert (contacts_name(outcome, first), first.duration_ms, first.correct) == ("Ma Thị Hoà", 252_000, 3)


def contacts_name(outcome, row):
    return outcome.contacts[row.participant_id].name
