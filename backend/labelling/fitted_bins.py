"""Fits a method to the person's bins."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from backend.confidence.none_of_these import UNTOLD, NoneOfThese, Surroundings, coefficients_for
from backend.confidence.temperature import calibrated, from_table
from backend.embedding.feature_store import FeatureStore
from backend.errors import RequestError
from backend.methods import Classifier, Support
from backend.methods.adaptation import finished
from backend.models.model import Ready
from backend.types import MAX_BINS, Bins, ImageId

FOLDER_READ = 8192
"""Images of the folder that a transductive method is given at most, spread evenly: their features are copied."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Examples by their ``places`` in the support, and what classifiers fitted without them say: log-probabilities
    [m, w]."""

    places: tuple[int, ...]
    log_probs: Tensor


@dataclass(frozen=True, slots=True)
class FittedBins:
    """A classifier over named bins. ``examples`` are the support's image ids, in its order.

    ``support`` holds one input an example.
    """

    classifier: Classifier
    names: tuple[str, ...]
    support: Support
    examples: tuple[ImageId, ...]
    temperature: float
    is_calibrated: bool = False
    folder: Tensor | None = None
    """Features of the folder [m, …], where the method reads them."""
    none_of_these: NoneOfThese = UNTOLD
    """From the model's card."""
    left_out: LeftOut | None = None
    """What calibration has asked, once it has."""
    views: Tensor | None = None
    """The examples with their views [n, 1 + v, d], where they have any."""

    @property
    def taught(self) -> Support:
        """What the method was fitted to."""
        return self.support if self.views is None else Support(self.views, self.support.labels)


def usable(bins: Bins, store: FeatureStore) -> dict[str, list[ImageId]]:
    """The bins with the examples that have features; bins without any are left out."""
    readable = {name: store.known(ids) for name, ids in bins.items()}
    return {name: ids for name, ids in readable.items() if ids}


def support_of(bins: Mapping[str, Sequence[ImageId]], store: FeatureStore) -> Support:
    """The support set of ``bins`` on the store's device: inputs [n, …], labels in the order of the bins."""
    ids = [i for members in bins.values() for i in members]
    labels = [label for label, members in enumerate(bins.values()) for _ in members]
    return Support(store.features(ids), torch.tensor(labels, device=store.device))


def fit_bins(ready: Ready, store: FeatureStore, bins: Bins, unlabelled: Sequence[ImageId] = ()) -> FittedBins:
    """All of ``fit_in_steps``. Raises what that does."""
    return finished(fit_in_steps(ready, store, bins, unlabelled))


def fit_in_steps(
    ready: Ready, store: FeatureStore, bins: Bins, unlabelled: Sequence[ImageId] = ()
) -> Generator[None, None, FittedBins]:
    """Fits the method to ``bins``, two or more of which must have a usable example.

    A transductive method also reads the features of ``unlabelled``, the folder.

    Raises:
        RequestError: fewer than two usable bins, or more than ``MAX_BINS``.
    """
    filled = usable(bins, store)
    if len(filled) < 2:
        raise RequestError(
            "Too few bins",
            "Labels need two bins with a readable example; there is {0}.",
            "Add an example to another bin.",
            len(filled) or "none",
        )
    if len(filled) > MAX_BINS:
        raise RequestError(
            "Too many bins",
            "There are {0} bins; at most {1} can be told apart.",
            "Merge or switch off some.",
            f"{len(filled):,}",
            f"{MAX_BINS:,}",
        )
    support = support_of(filled, store)
    part = unlabelled[:: -(-len(unlabelled) // FOLDER_READ)] if unlabelled else unlabelled
    folder = store.features(part) if ready.method.transductive and part else None
    examples = tuple(i for members in filled.values() for i in members)
    views = store.with_views(examples) if ready.method.reads_views else None
    taught = support if views is None else Support(views, support.labels)
    classifier = yield from ready.method.fit_in_steps(taught, folder)
    temperature = from_table(ready.card.temperatures, support.way, mean_shot(support.labels))
    none = coefficients_for(ready.card, support.way, mean_shot(support.labels))
    return FittedBins(
        classifier, tuple(filled), support, examples, temperature, folder=folder, none_of_these=none, views=views
    )


def chances(fitted: FittedBins, features: Tensor, log_probs: Tensor, familiarity: Tensor | None = None) -> Tensor:
    """How likely each bin is right for ``features`` [m, …] of these ``log_probs`` [m, w], float32 [m, w].

    ``familiarity`` [m] is the classifier's own; not of examples that it knows and another was asked about.
    Rows sum to 1, or, where the model knows how to tell, to the probability that any bin is right.
    """
    among = calibrated(log_probs, fitted.temperature)
    if fitted.none_of_these.alone is None:
        return among
    signs = Surroundings(fitted.support).signs(features, among.max(1).values, familiarity)
    return among * fitted.none_of_these.belongs(signs)[:, None]


def ranked(log_probs: Tensor, may: Tensor | None, count: int) -> Tensor:
    """The ``count`` likeliest bins of each row, those that ``may`` bool [m, w] rules out last: int64 [m, count].

    By ``log_probs`` [m, w], which have an order where probabilities are all nought. How likely a bin is does not change
    with what is ruled out: what that had goes to none of the others (ADR 0014).
    """
    if may is not None:
        log_probs = log_probs.masked_fill(~may, -torch.inf)
    return log_probs.topk(count, dim=1).indices


def mean_shot(labels: Tensor) -> float:
    """Geometric mean of the bins' sizes, labels int64 [n]: what decides how confident a mean of examples may be."""
    return float(torch.bincount(labels).float().log().mean().exp())


def similarity_to_bin(store: FeatureStore, examples: Sequence[ImageId], ids: Sequence[ImageId]) -> Tensor:
    """Cosine of each image's features with the examples' mean, float32 [n], -1..1."""
    mean = store.features(examples).flatten(1).mean(0, keepdim=True)  # [1, d]
    return torch.cosine_similarity(store.features(ids).flatten(1), mean, dim=1)
