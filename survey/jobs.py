"""What takes longer than a page may: posters of many offices, and large sheets of ratings. `flask worker` does them."""

import uuid
import zipfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from account.operations.audit import actor_of, record
from core.instance import remember_address
from core.jobs import Handler, JobFailed, Outcome, Task
from core.sheets import memory
from core.sheets.cells import SheetError
from core.sheets.reading import read_content
from core.values.numbers import thousands
from core.values.text import N_
from core.values.week import local_date
from core.web.extensions import settings
from survey import operations
from survey.documents import LANGUAGES
from survey.documents.bulk import draw_all, files_of
from survey.files import imports
from survey.files.ratings import Defaults
from survey.models import Counter
from survey.rules.actions import Action
from survey.rules.levels import Channel

POSTERS, RATINGS = "survey.posters", "survey.ratings"
ROWS_IN_A_PAGE = 2000
"""Rows that are brought in while the page waits; more are a job."""
_NO_OFFICE = N_("Các cơ quan đã chọn không còn quầy nào đang mở nên không có tờ treo để in.")
_GONE = N_("Bảng này đã được nhập hoặc đã hủy ở nơi khác nên không nhập lần nữa.")
_HAS_ERRORS = N_("Từ lúc xem lại, bảng có thêm dòng không nhập được. Hãy mở lại bảng, xem rồi bấm Nhập lần nữa.")


def draw_posters(task: Task) -> Outcome:
    """Every office's posters in a file, all in an archive; those that an earlier attempt drew are not drawn again.

    Payload: `offices` (ids), `sheet`, `language`.
    """
    ids, sheet, language = (task.payload[name] for name in ("offices", "sheet", "language"))
    task.folder.mkdir(parents=True, exist_ok=True)
    style = (sheet, LANGUAGES.get(language), "-".join([sheet, *([language] if language in LANGUAGES else [])]))
    jobs, files = files_of(task.session, task.keyring, settings().public_url, ids, task.folder, style), list[Path]()
    drawn = draw_all((files.append(job.file) or job for job in jobs), workers=1)  # type: ignore[func-returns-value]
    for _ in task.watched(drawn, len(ids), str(N_("cơ quan"))):
        pass
    if not files:
        raise JobFailed(_NO_OFFICE)
    said = f"Đã tạo tờ treo của {thousands(len(files))} cơ quan, mỗi cơ quan một tệp PDF."
    archive = _packed(files, task.folder / "to-treo.zip")
    remember_address(task.session, settings())
    return Outcome(said, archive, f"to-treo-{sheet}.zip", "application/zip")


def _packed(files: Iterable[Path], archive: Path) -> Path:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for file in files:
            target.write(file, file.name)
    return archive


def bring_in_ratings(task: Task) -> Outcome:
    """A sheet of ratings as its page planned it: all of it or nothing, and the draft goes with it.

    Payload: `counter`, `draft`, `owner`, `places`, `channel`, `day`, `batch`, `skip_errors`.
    """
    given = task.payload
    draft_id, today = uuid.UUID(given["draft"]), local_date(task.now)
    counter = task.session.get(Counter, given["counter"])
    purpose = f"{imports.PURPOSE}:{given['counter']}"
    found = memory.find_draft(
        task.session, task.keyring, draft_id, owner=given["owner"], purpose=purpose, today=today
    )  # fmt: skip
    if counter is None or found is None:
        raise JobFailed(_GONE)
    planned = _plan(task, counter, found, _defaults(task, counter, today))
    task.progress(0, planned.report.new, str(N_("dòng")))
    task.hold()
    if memory.is_decided(task.session, draft_id):
        raise JobFailed(_GONE)
    imports.carry_out(task.session, task.keyring, counter, planned)
    memory.drop_draft(task.session, draft_id)
    about, counts = operations.counter_subject(counter), operations.counts_of(planned.report)
    record(task.session, actor_of(task.owner), Action.RATING_IMPORT, about, after=counts, now=task.now)
    return Outcome(f"Đã nhập {thousands(planned.report.new)} lượt đánh giá vào quầy {counter.number}.")


def _plan(task: Task, counter: Counter, draft: memory.Draft, defaults: Defaults) -> imports.Plan:
    """The dry run once more: what was not there when the page showed it may be there now."""
    try:
        grid = imports.open_sheet(read_content(draft.data, draft.name))
        planned = imports.plan(task.session, task.keyring, counter, grid, task.payload["places"], defaults)
    except SheetError as error:
        raise JobFailed(str(error)) from error
    if planned.report.errors and not task.payload["skip_errors"]:
        raise JobFailed(_HAS_ERRORS)
    return planned


def _defaults(task: Task, counter: Counter, today: date) -> Defaults:
    given = task.payload
    day = date.fromisoformat(given["day"]) if given["day"] else None
    return Defaults(counter.number, today, Channel(given["channel"]), day, given["batch"])


HANDLERS: dict[str, Handler] = {POSTERS: draw_posters, RATINGS: bring_in_ratings}
