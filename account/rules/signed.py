"""The names and numbers that a second person agrees to, apart from the words around them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Signed:
    """A cell of an approver's page: the name or number that is agreed to, words about it, and an amount of money.

    >>> str(Signed("Vàng Thị Mai", "…456, xã Lâm Bình"))
    'Vàng Thị Mai, …456, xã Lâm Bình'
    """

    main: str
    about: str = ""
    amount: str = ""

    def __str__(self) -> str:
        return ", ".join(words for words in (self.main, self.about) if words)
