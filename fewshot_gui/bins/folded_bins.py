"""Which bins are folded to one line."""

from collections.abc import Iterable

from fewshot_gui.session.bin_state import BinState

MANY = 20
"""Where more bins than these come in at once, they come folded."""


class Folds(frozenset[str]):
    """The names of folded bins, a value. Names of bins that are gone stay in it: undo may bring them back."""

    def along(self, names: Iterable[str]) -> "Folds":
        """These folded, too."""
        return Folds(self.union(names))

    def without(self, names: Iterable[str]) -> "Folds":
        """These no longer folded."""
        return Folds(self.difference(names))

    def follow(self, before: BinState, after: BinState) -> "Folds":
        """After a change of the bins: a renamed bin stays as it was, and many new ones are folded."""
        old, new = {b.name for b in before}, [b.name for b in after]
        if len(before) == len(after):
            pairs = zip(before, after, strict=True)
            renamed = {b.name: a.name for b, a in pairs if a.name not in old and b.name not in new}
            return Folds(renamed.get(name, name) for name in self)
        came = [name for name in new if name not in old]
        return self.along(came) if len(came) > MANY else self
