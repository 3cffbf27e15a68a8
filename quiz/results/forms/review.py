"""The forms of a round's review: the decision on a cluster, and the reason for reading its evidence."""

from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from commune.forms import at_most, without_phone
from core.values.text import N_
from core.web.forms import StaffForm, TextField, options
from quiz.results.labels import EXCLUSION_REASON
from quiz.results.rules.corrections import ExclusionReason

KEEP = "keep"
_KEPT = N_("Giữ cả cụm: các bài được công nhận")


class ClusterForm(StaffForm):
    """Keep a cluster, or exclude it for a ground that is published; `seen` is the digest of the page's preview."""

    decision = RadioField("Ông/bà quyết định thế nào?", validators=[InputRequired("Xin chọn một quyết định.")])
    reason = TextField(
        "Lý do, căn cứ", validators=[InputRequired("Xin ghi lý do, căn cứ."), at_most(500), without_phone]
    )
    seen = HiddenField()

    def offer(self, *, excluding: bool, keeping: bool) -> "ClusterForm":
        """Offer the decisions that change something."""
        grounds = [(ground, f"Không công nhận cả cụm, vì {words}") for ground, words in EXCLUSION_REASON.items()]
        choices = [*([(KEEP, _KEPT)] if keeping else []), *(grounds if excluding else [])]
        self.decision.choices = list(options(choices))
        return self

    @property
    def ground(self) -> ExclusionReason | None:
        """The ground of the exclusion; None where the cluster is kept."""
        return None if self.decision.data == KEEP else ExclusionReason(self.decision.data)


class EvidenceForm(StaffForm):
    """The reason for reading a cluster's evidence."""

    why = TextField("Lý do xem", validators=[InputRequired("Xin ghi lý do xem dấu vết."), at_most(500), without_phone])
