"""Keeps the classifier that was fitted last for as long as it is valid."""

from collections.abc import Generator, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from backend.embedding.feature_store import FeatureStore
from backend.errors import RequestError
from backend.labelling.calibration import told_folder
from backend.labelling.fitted_bins import FittedBins, fit_in_steps, usable
from backend.methods import Method
from backend.methods.adaptation import AdaptingMethod, finished
from backend.models.model import Ready
from backend.types import Bins, ImageId


class Fitting:
    """A method over the features of ``store``, and what it was fitted to last."""

    def __init__(self, ready: Ready, store: FeatureStore) -> None:
        self.ready, self.store = ready, store
        self._fitted: FittedBins | None = None
        self._bins: Bins = {}
        self._folder: tuple[ImageId, ...] = ()

    @property
    def method(self) -> Method:
        """The method as it is set now."""
        return self.ready.method

    def usable(self, bins: Bins) -> dict[str, list[ImageId]]:
        """The bins with the examples that have features; bins without any are left out."""
        return usable(bins, self.store)

    def fit(self, bins: Bins, folder: Sequence[ImageId] | None = None) -> FittedBins:
        """All of ``fit_in_steps``."""
        return finished(self.fit_in_steps(bins, folder))

    def fit_in_steps(self, bins: Bins, folder: Sequence[ImageId] | None = None) -> Generator[None, None, FittedBins]:
        """The classifier for ``bins``, kept until they change; a transductive one also until the ``folder`` does
        (None: it is the one of last time)."""
        folder = self._folder if folder is None else folder
        seen = tuple(self.store.known(folder)) if self.method.transductive else ()
        moved = self._folder != seen or self._bins != bins
        if self._fitted is None or moved or not self._is_current(self._fitted, bins):
            ready = self.ready
            fitted = yield from fit_in_steps(ready, self.store, bins, seen)
            if ready is not self.ready:  # other steps were chosen meanwhile
                return (yield from self.fit_in_steps(bins, folder))
            self._fitted, self._bins, self._folder = fitted, dict(bins), seen
        return self._fitted

    def told_folder(self) -> Tensor | None:
        """The features of the folder that a figure rests on which people are told, where the method reads any."""
        seen = told_folder(self._folder)
        return self.store.features(seen) if seen else None

    def fit_for(self, image: ImageId, bins: Bins) -> FittedBins:
        """The classifier for ``bins``, to be asked about ``image``. RequestError where that has no features."""
        if not self.store.known([image]):
            reason = self.store.failures.get(image, "It has not been read yet.")
            raise RequestError("No reason to show", reason, "Wait until it is labelled.")
        return self.fit(bins)

    def exchange(self, before: FittedBins, after: FittedBins) -> bool:
        """``after`` takes the place of ``before``; False where the bins have changed meanwhile."""
        if self._fitted is not before:
            return False
        self._fitted = after
        return True

    def is_outdated(self, bins: Bins) -> bool:
        """Whether there is a classifier that no longer holds."""
        return self._fitted is not None and not self._is_current(self._fitted, bins)

    def set_steps(self, steps: int | None) -> None:
        """An adapting method stops after so many steps; None: all of them."""
        if isinstance(self.method, AdaptingMethod) and self.method.steps != steps:
            self.ready = replace(self.ready, method=self.method.with_steps(steps))
            self._fitted = None

    def _is_current(self, fitted: FittedBins, bins: Bins) -> bool:
        """False where examples have become readable since, have got views, or their files were replaced."""
        examples = tuple(i for ids in self.usable(bins).values() for i in ids)
        if examples != fitted.examples or not torch.equal(self.store.features(examples), fitted.support.inputs):
            return False
        return not self.method.reads_views or _equal(self.store.with_views(examples), fitted.views)


def _equal(one: Tensor | None, other: Tensor | None) -> bool:
    return (one is other) if one is None or other is None else torch.equal(one, other)
