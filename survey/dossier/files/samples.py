"""The drawn dossiers of a sample as a sheet."""

from collections.abc import Iterable, Iterator, Sequence

from core.translation import gettext
from core.values.text import N_
from survey.dossier.labels import DOSSIER_CHANNEL
from survey.dossier.models import Dossier

_HEAD = (
    N_("Thứ tự"),
    N_("Mã hồ sơ"),
    N_("Thủ tục"),
    N_("Hình thức nộp"),
    N_("Ngày tiếp nhận"),
    N_("Ngày hẹn trả"),
    N_("Ngày trả kết quả"),
)


def sample_rows(drawn: Iterable[Dossier]) -> Iterator[Sequence[object]]:
    """Yield the head, then a row for each of *drawn* in the order of the draw."""
    yield [gettext(title) for title in _HEAD]
    for place, each in enumerate(drawn, start=1):
        days = [f"{day:%d/%m/%Y}" if day else "" for day in (each.received_on, each.due_on, each.returned_on)]
        yield [place, each.number, each.procedure, gettext(DOSSIER_CHANNEL[each.channel]), *days]
