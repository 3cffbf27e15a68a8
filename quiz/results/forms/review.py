"""The forms of a round's review: the decision on a cluster, and the reason for reading its evidence."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from wtforms import HiddenField, RadioField, SelectMultipleField, SubmitField, ValidationError
from wtforms.validators import InputRequired

from commune.forms import at_most, without_phone
from core.translation import gettext
from core.values.text import N_
from core.web.forms import ReasonField, StaffForm, options
from quiz.results.labels import EXCLUSION_REASON
from quiz.results.rules.corrections import ExclusionReason

KEEP = "keep"
_KEPT = N_("Giữ cả cụm: công nhận tất cả các bài")
_ALL_KEPT = N_("Giữ tất cả các cụm này: công nhận tất cả các bài")


class ClusterForm(StaffForm):
    """Keep a cluster, or exclude it but for the `kept` entries for a ground that is published.

    `excluding` and `keeping` are the digests of the page's preview, `previews` asks for a new one alone.
    """

    decision = RadioField(N_("Ông/bà quyết định thế nào?"), validators=[InputRequired(N_("Xin chọn một quyết định."))])
    reason = ReasonField(
        N_("Lý do, căn cứ"), validators=[InputRequired(N_("Xin ghi lý do, căn cứ.")), at_most(500), without_phone]
    )
    kept = SelectMultipleField(N_("Giữ lại từng bài"), coerce=UUID)
    previews = SubmitField()
    excluding = HiddenField()
    keeping = HiddenField()

    def show(self, excluding: str, keeping: str) -> None:
        """Carry the digests of the preview that the page shows."""
        self.excluding.data, self.keeping.data = excluding, keeping

    @property
    def seen(self) -> str:
        """The digest of what was shown for the chosen decision."""
        return (self.excluding.data if self.ground else self.keeping.data) or ""

    def offer(self, members: Iterable[UUID], size: int, *, excluding: bool, keeping: bool) -> "ClusterForm":
        """Offer the decisions that change something, and to keep each of *members*, of as many as *size* says."""
        grounds = [
            (ground, gettext("Không công nhận, vì %(words)s", words=gettext(words)))
            for ground, words in EXCLUSION_REASON.items()
        ]
        choices = [*([(KEEP, _KEPT)] if keeping else []), *(grounds if excluding else [])]
        self.decision.choices = list(options(choices))
        self.kept.choices, self.size = [(str(id), "") for id in members], size
        return self

    def validate_kept(self, field: SelectMultipleField) -> None:
        """Refuse to exclude a cluster and to keep every entry of it."""
        if self.decision.data != KEEP and len(set(field.data)) == self.size:
            raise ValidationError(N_("Đã chọn giữ lại tất cả các bài. Xin chọn “Giữ cả cụm”."))

    @property
    def ground(self) -> ExclusionReason | None:
        """The ground of the exclusion; None where the cluster is kept."""
        return None if self.decision.data == KEEP else ExclusionReason(self.decision.data)


class ClustersForm(ClusterForm):
    """Keep, or exclude for a ground that is published, all of several clusters; `chosen` holds their numbers."""

    chosen = HiddenField()

    def offer_all(self, numbers: Sequence[int], size: int) -> "ClustersForm":
        """Offer every decision on the clusters with these *numbers*, of *size* entries together."""
        self.offer((), size, excluding=True, keeping=True)
        self.decision.choices = [*options([(KEEP, _ALL_KEPT)]), *list(self.decision.choices or ())[1:]]
        self.chosen.data = " ".join(map(str, numbers))
        return self


class EvidenceForm(StaffForm):
    """The reason for reading a cluster's evidence."""

    why = ReasonField(
        N_("Lý do xem"), validators=[InputRequired(N_("Xin ghi lý do xem dấu vết.")), at_most(500), without_phone]
    )
