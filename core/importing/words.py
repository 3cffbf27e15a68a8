"""The Vietnamese sentences that a kind of sheet declares for its pages; `%(name)s` stands for a fact of the target."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.values.text import N_


@dataclass(frozen=True, kw_only=True)
class ImportWords:
    """What the pages, the job and the terminal say about a kind of sheet.

    Attributes:
        title: of the upload page.
        heading: of the upload page, longer.
        intro: what the sheet is for.
        review: heading of the review page.
        done: said after the import; `%(n)s` is the number of rows that were stored.
        job: title of the background job for a large sheet.
        template_file, report_file: names of the downloads, without ending.
        templates: the links to templates: words, and the query that selects the variant.
        readable: what may be said about how the sheet may look, a line each.
        changed: said when the stored data changed between review and import.
        counted: what the rows are called in the progress of a job.
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


@dataclass(frozen=True, kw_only=True)
class DecisionWords:
    """What the review page says where a spelling may mean several things.

    Attributes:
        field: prefix of the form fields.
        label: of the list of all options.
        other, blank, outside: the choices beside the candidates: another option, none chosen yet, none of them.
        missing: said when "other" was chosen without saying which.
        other_label: of the list of all options below candidates; `{spelled}` is the spelling.
        heading, waiting, more: of the list of spellings, while some are undecided, and where more follow.
        undecided: why the import does not start; `%(n)s` is the number of spellings.
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
