"""The job that draws the posters of many offices; `flask worker` runs it."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

from core.instance import remember_address
from core.jobs import Handler, JobFailed, JobOutcome, JobTask
from core.translation import gettext
from core.values.kept import kept
from core.values.numbers import thousands
from core.values.text import N_
from core.web.extensions import settings
from survey.counter.documents import LANGUAGES
from survey.counter.documents.bulk import draw_all, files_of

POSTERS = "survey.posters"

_NO_OFFICE = N_("Các cơ quan đã chọn không còn quầy nào đang mở nên không có tờ treo để in.")
_DRAWN = kept(N_("Đã tạo tờ treo của %(files)s cơ quan, mỗi cơ quan một tệp PDF."))
_DRAWN_ONE = kept(N_("Đã tạo tờ treo của cơ quan trong một tệp PDF."))


def draw_posters(task: JobTask) -> JobOutcome:
    """Draw the posters of offices, a file per office, into one archive; files of an earlier attempt are kept.

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
    said = gettext(_DRAWN, files=thousands(len(files))) if len(files) > 1 else gettext(_DRAWN_ONE)
    archive = _packed(files, task.folder / "to-treo.zip")
    remember_address(task.session, settings())
    return JobOutcome(said, archive, f"to-treo-{sheet}.zip", "application/zip")


def _packed(files: Iterable[Path], archive: Path) -> Path:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for file in files:
            target.write(file, file.name)
    return archive


HANDLERS: dict[str, Handler] = {POSTERS: draw_posters}
