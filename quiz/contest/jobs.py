"""The duty that folds names by the present rule, at set-up and daily until none is left."""

from datetime import date

from sqlalchemy.orm import Session

from core.translation import gettext
from core.values.numbers import thousands
from core.web.extensions import keyring
from quiz.contest.operations.name_folding import fold_names_anew


def fold_names(session: Session, _today: date) -> str:
    """Fold the names of participants from before the present rule; return a sentence if any changed."""
    changed = fold_names_anew(session, keyring())
    return (
        gettext("Đã ghép cách viết tên của %(changed)s người dự thi theo quy tắc mới.", changed=thousands(changed))
        if changed
        else ""
    )
