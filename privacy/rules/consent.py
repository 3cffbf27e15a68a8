"""The purposes for which consent is asked; silence is no consent (Luật 91/2025/QH15)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ConsentNotices:
    """The purposes for which a room asks consent, each with its texts.

    `notices` has the text of each purpose by version of the wording, including old ones; `wording` is today's version.
    `names` are short names. `free` purposes may be withdrawn and given again; for `of_adults` no possible child is
    asked.
    """

    wording: str
    notices: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str]
    free: tuple[str, ...]
    of_adults: frozenset[str] = frozenset()

    def offered(self, standing: Collection[str] = (), *, is_child: bool) -> tuple[str, ...]:
        """Return the free purposes that a person may agree to, without those *standing* already.

        >>> asked = ConsentNotices(
        ...     wording="1", notices={}, names={}, free=("named", "called"), of_adults=frozenset({"named"})
        ... )
        >>> asked.offered(["called"], is_child=False), asked.offered(is_child=True)
        (('named',), ('called',))
        """
        return tuple(each for each in self.free if each not in standing and not (is_child and each in self.of_adults))

    def boxes(self, purposes: Collection[str]) -> dict[str, str]:
        """Return today's texts of the boxes for *purposes*, in the order of the page."""
        return {each: self.notices[self.wording][each] for each in self.free if each in purposes}
