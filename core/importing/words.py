"""The Vietnamese sentences that a kind of sheet declares for its pages; `%(name)s` stands for a fact of the target."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.values.kept import kept
from core.values.text import N_


@dataclass(frozen=True, kw_only=True)
class ImportWords:
    """The texts of the pages, the job and the terminal for a kind of sheet.

    Attributes:
        title: of the upload page.
        heading: of the upload page, longer.
        intro: the use of the sheet.
        review: heading of the review page.
        done: the message after the import; `%(n)s` is the number of stored rows.
        job: title of the background job for a large sheet.
        template_file, report_file: names of the downloads, without ending.
        templates: the links to templates: words, and the query that selects the variant.
        readable: hints about accepted layouts, a line each.
        changed: the message if the stored data changed between review and import.
        counted: the name of the rows in the progress of a job.
    """

    title: str
    heading: str
    intro: str
    review: str
    done: str
    job: str
    template_file: str
    report_file: str
    templates: tuple[tuple[str, str], ...] = ((N_("Tải mẫu bảng tính"), ""),)
    readable: tuple[str, ...] = ()
    changed: str = N_("Bảng này vừa được nhập ở nơi khác. Xin xem lại rồi bấm Nhập lần nữa.")
    counted: str = N_("dòng")

    def __post_init__(self) -> None:
        for stored in (self.done, self.job):
            kept(stored)


@dataclass(frozen=True, kw_only=True)
class DecisionWords:
    """The texts of the review page for a spelling that may mean several things.

    Attributes:
        field: prefix of the form fields.
        label: of the list of all options.
        other, blank, outside: the choices beside the candidates: another option, none chosen yet, none of them.
        missing: the error if "other" was chosen without an option.
        other_label: of the list of all options below candidates; `{spelled}` is the spelling.
        heading, waiting, more: of the list of spellings, while some are undecided, and if more follow.
        undecided: the reason why the import does not start; `%(n)s` is the number of spellings.
    """

    field: str
    label: str
    other: str
    blank: str
    outside: str
    missing: str
    other_label: str
    heading: str
    waiting: str
    more: str
    undecided: str


def say(sentence: str, facts: Mapping[str, object], **more: object) -> str:
    """Return *sentence* with its facts filled in, untranslated.

    >>> say("Đã nhập %(n)s dòng vào quầy %(number)s.", {"number": 2}, n=5)
    'Đã nhập 5 dòng vào quầy 2.'
    """
    return sentence % {**facts, **more}
