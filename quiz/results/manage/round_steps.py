"""The steps of a round from the close to the publication, and where it stands."""

from dataclasses import dataclass

from flask_babel import gettext as _

from quiz.contest.rules.schedule import Phase
from quiz.results.manage.situation import Situation


@dataclass(frozen=True)
class PublicationStep:
    """One of the steps from the close to the publication."""

    label: str
    is_done: bool
    is_current: bool


def steps_of(now: Situation) -> list[PublicationStep]:
    """Return the steps of a round in their order."""
    is_set = now.round.published_at is not None
    is_called = (now.result is not None and not now.uncalled and not now.is_unreviewed) or is_set
    at_close, is_reviewed = now.phase is Phase.CLOSED and not now.is_unreviewed, now.review is not None
    is_out, asks = now.phase is Phase.PUBLISHED, now.needs_second and not is_set
    reviewing = PublicationStep(_("Rà soát"), is_reviewed and not now.is_unreviewed, now.is_unreviewed)
    approving = PublicationStep(_("Phê duyệt"), is_set, at_close and is_called and asks)
    return [
        PublicationStep(_("Khóa bài"), now.result is not None, now.phase is Phase.ENDED),
        *([reviewing] if is_reviewed or now.result is None else []),
        PublicationStep(_("Gọi xác nhận"), is_called, at_close and not is_called),
        *([approving] if now.needs_second else []),
        PublicationStep(_("Công bố"), is_out, at_close and is_called and not asks and not is_out),
    ]
