"""Set of the bins that are folded to one line."""

from collections.abc import Iterable

from fewshot_gui.session.bin_state import BinState

MANY = 20
"""Where more bins than these come in at once, they come folded."""


class FoldedBins(frozenset[str]):
    """The names of folded bins, a value. Names of bins that are gone stay in it: undo may bring them back."""

    def along(self, names: Iterable[str]) -> "FoldedBins":
        """These folded, too."""
        return FoldedBins(self.union(names))

    def without(self, names: Iterable[str]) -> "FoldedBins":
        """These no longer folded."""
        return FoldedBins(self.difference(names))

    def follow(self, before: BinState, after: BinState) -> "FoldedBins":
        """After a change of the bins: a renamed bin stays as it was, and many new ones are folded."""
        old, new = {b.name for b in before}, [b.name for b in after]
        if len(before) == len(after):
            pairs = zip(before, after, strict=True)
            renamed = {b.name: a.name for b, a in pairs if a.name not in old and b.name not in new}
            return FoldedBins(renamed.get(name, name) for name in self)
        came = [name for name in new if name not in old]
        return self.along(came) if len(came) > MANY else self
