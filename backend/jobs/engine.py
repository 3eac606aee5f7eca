"""What the worker thread owns: a model, a method, features, and the classifier fitted last."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from backend.classify.asking import CANDIDATES, ask_order
from backend.classify.bins import FittedBins, fit_bins, support_of, usable
from backend.classify.calibration import calibrate
from backend.classify.choice import Candidate, Choice, best_for_bins
from backend.classify.comparison import Task, compare_methods
from backend.classify.disagreement import committee, worth_asking
from backend.classify.influence import absence, doubts, is_costly, rests_on
from backend.classify.predictions import explain, predict, rank_by_similarity
from backend.classify.proposals import MOST, alike_groups
from backend.classify.quality import quality
from backend.classify.reports import Quality, ShotsCurve
from backend.classify.scores import MethodScore
from backend.classify.shots import shots_curve
from backend.embedding.cache import EmbeddingCache
from backend.embedding.device import Device, available_devices, choose_device, share_threads
from backend.embedding.embedder import Embedder
from backend.embedding.feature_map import FeatureMap
from backend.embedding.feature_store import FeatureStore
from backend.embedding.memory import keep_freed_memory
from backend.embedding.projection import pca_map, umap_map
from backend.errors import RequestError
from backend.images import DecoderPool
from backend.methods import METHODS
from backend.methods.adaptation import AdaptingMethod
from backend.models.card import Card
from backend.models.figures import validation_accuracy
from backend.models.model import Model, method_card
from backend.models.store import default_model, load_model, model_names, read_card
from backend.types import (
    Absence,
    AlikeGroup,
    Bins,
    Doubt,
    Explanation,
    ImageFile,
    ImageId,
    Job,
    MethodInfo,
    ModelInfo,
    Progress,
    Rejected,
    RestsOn,
)
from backend.workspace.contents import duplicates


class Engine:
    """A model and a method at work. Its public texts are immutable and may be read from any thread (``models`` is
    replaced as a whole); all else is the worker's.

    Args:
        stores: feature stores by trunk, shared between engines so that changing back costs nothing.
    """

    def __init__(
        self,
        loaded: Model,
        method: str,
        device: Device,
        cache: EmbeddingCache,
        pool: DecoderPool,
        stores: dict[str, FeatureStore],
    ) -> None:
        self.model = loaded.card.name
        self.method = method
        self.device = device.torch_device.type
        self.devices = available_devices()
        self.methods = tuple(_method_info(name, loaded.card) for name in METHODS)
        self.models = _models(loaded.card)
        self._loaded, self._device, self._cache, self._pool, self._stores = loaded, device, cache, pool, stores
        self._ready = loaded.ready(method)
        self.transductive = self._ready.method.transductive
        self.has_temperatures = bool(self._ready.card.temperatures)
        self.costly = is_costly(self._ready.method)
        self.tells_strangers = bool(self._ready.card.none_of_these)
        self.reads_views = self._ready.method.reads_views
        self._fitted: FittedBins | None = None
        self._bins: Bins = {}
        self._folder: tuple[ImageId, ...] = ()
        embedder = Embedder(self._ready.trunk, self._ready.space, self._ready.input, device)
        self.store = stores.setdefault(embedder.space, FeatureStore(embedder, cache, pool))

    def changed(self, model: str | None, method: str | None, device: str | None) -> "Engine":
        """See ``backend.jobs.change``. On another device the weights are read anew: the old engine may still be at
        work with its own."""
        stays = device in (None, self.device)
        chosen, stores = (self._device, self._stores) if stays else (choose_device(str(device)), {})
        loaded = (
            self._loaded
            if stays and model in (None, self.model)
            else load_model(self.model if model is None else model)
        )
        fallback = self.method if self.method in loaded.methods else loaded.card.default_method
        return Engine(loaded, fallback if method is None else method, chosen, self._cache, self._pool, stores)

    def close(self) -> None:
        """Closes the cache."""
        self._cache.close()

    def relabel(
        self,
        bins: Bins,
        ids: Sequence[ImageId],
        reject: float,
        folder: Sequence[ImageId] | None,
        rejected: Rejected,
    ) -> Job[None]:
        """See ``backend.jobs.relabel``."""
        filled = usable(bins, self.store)
        known = self.store.known(ids)
        if not filled:
            raise RequestError("No examples yet", "No bin has a readable example.", "Drag images into a bin.")
        if len(filled) == 1:
            [(name, examples)] = filled.items()
            yield from rank_by_similarity(name, examples, self.store, known)
            return
        fitted = self._fit(bins, ids if folder is None else folder)
        yield Progress("fit", 1, 1)
        yield from predict(fitted, self.store, known, reject, rejected)

    def add_views(self, bins: Bins, files: Sequence[ImageFile]) -> Job[bool]:
        """See ``backend.jobs.add_views``."""
        if not self._ready.method.reads_views:
            return False
        examples = {i for ids in usable(bins, self.store).values() for i in ids}
        by_key = {self.store.keys[f.id]: f for f in files if f.id in examples and f.id in self.store.keys}
        yield from self.store.views.embed(by_key)
        return self._fitted is not None and not self._is_current(self._fitted, bins)

    def calibrate(self, bins: Bins, folder: Sequence[ImageId]) -> Job[bool]:
        """See ``backend.jobs.calibrate``."""
        if len(usable(bins, self.store)) < 2:
            return False
        before = self._fit(bins, folder)
        if before.is_calibrated:
            return False
        yield Progress("calibrate", 0, None)
        after = yield from calibrate(self._ready.method, before)
        if self._fitted is not before:  # the bins have changed meanwhile
            return False
        self._fitted = after
        return after.temperature != before.temperature

    def explain(self, bins: Bins, image: ImageId, rejected: Rejected) -> Job[Explanation]:
        """See ``backend.jobs.explain``."""
        fitted = self._fit_for(image, bins)
        yield Progress("explain", 0, 1)
        return explain(fitted, self.store, image, rejected)

    def rests_on(self, bins: Bins, image: ImageId, rejected: Rejected) -> Job[RestsOn]:
        """See ``backend.jobs.rests_on``."""
        fitted = self._fit_for(image, bins)
        yield Progress("influence", 0, None)
        return (yield from rests_on(self._ready.method, fitted, self.store, image, rejected))

    def absence(self, bins: Bins, example: ImageId, labels: Mapping[ImageId, str], rejected: Rejected) -> Job[Absence]:
        """See ``backend.jobs.absence``."""
        fitted = self._fit_for(example, bins)
        yield Progress("influence", 0, None)
        return (yield from absence(self._ready.method, fitted, self.store, example, labels, rejected))

    def doubts(self, bins: Bins, rejected: Rejected) -> Job[dict[ImageId, Doubt]]:
        """See ``backend.jobs.doubts``."""
        if len(usable(bins, self.store)) < 2:
            return {}
        fitted = self._fit(bins, self._folder)
        yield Progress("doubt", 0, None)
        return (yield from doubts(self._ready.method, fitted, rejected))

    def _fit_for(self, image: ImageId, bins: Bins) -> FittedBins:
        if not self.store.known([image]):
            reason = self.store.failures.get(image, "It has not been read yet.")
            raise RequestError("No reason to show", reason, "Wait until it is labelled.")
        return self._fit(bins, self._folder)

    def best_for_bins(self, bins: Bins, files: Sequence[ImageFile], models: Sequence[str]) -> Job[Choice]:
        """See ``backend.jobs.best_for_bins``."""
        candidates: list[Candidate] = []
        for done, name in enumerate(models or [m.name for m in self.models]):
            loaded = self._loaded if name == self.model else _loaded_or_none(name, chosen=bool(models))
            candidates += [] if loaded is None else [self._candidate(loaded, m) for m in loaded.methods]
            yield Progress("load", done + 1, None)
        return (yield from best_for_bins(candidates, files, bins))

    def compare_methods(self, task: Task) -> Job[list[MethodScore]]:
        """See ``backend.jobs.compare_methods``."""
        candidates: list[Candidate] = []
        # The method in use first: others differ from it. Those that adapt last: they take long.
        for name in sorted(self._loaded.methods, key=lambda m: (m != self.method, METHODS[m].adapts)):
            candidates.append(self._candidate(self._loaded, name))
            yield Progress("load", len(candidates), None)
        return (yield from compare_methods(candidates, task))

    def set_steps(self, steps: int | None) -> None:
        """See ``backend.jobs.set_steps``."""
        if isinstance(self._ready.method, AdaptingMethod) and self._ready.method.steps != steps:
            self._ready = replace(self._ready, method=self._ready.method.with_steps(steps))
            self._fitted = None

    def all_steps(self, bins: Bins) -> int:
        """See ``backend.jobs.all_steps``."""
        filled = usable(bins, self.store)
        if not isinstance(self._ready.method, AdaptingMethod) or len(filled) < 2:
            return 0
        return self._ready.method.all_steps(support_of(filled, self.store))

    def look_for_models(self) -> None:
        """See ``backend.jobs.look_for_models``."""
        self.models = _models(self._loaded.card)

    def _candidate(self, loaded: Model, method: str) -> Candidate:
        ready = loaded.ready(method)
        embedder = Embedder(ready.trunk, ready.space, ready.input, self._device)
        store = self._stores.setdefault(embedder.space, FeatureStore(embedder, self._cache, self._pool))
        return Candidate(loaded.card.name, ready, store)

    def ask_first(self, uncertainty: Mapping[ImageId, float]) -> Job[list[ImageId]]:
        """See ``backend.jobs.ask_first``."""
        ids = self.store.known(list(uncertainty))
        if not ids:
            return []
        values = torch.tensor([uncertainty[i] for i in ids])
        yield Progress("ask", 0, len(ids))
        most = values.argsort(descending=True, stable=True)[:CANDIDATES].tolist()
        order = yield from ask_order(values[most], self.store.features([ids[n] for n in most]))
        first = [ids[most[n]] for n in order]
        rest = set(first)
        return first + sorted((i for i in ids if i not in rest), key=lambda i: -uncertainty[i])

    def ask_where_methods_differ(
        self, bins: Bins, labels: Mapping[ImageId, str], uncertainty: Mapping[ImageId, float]
    ) -> Job[list[ImageId]]:
        """See ``backend.jobs.ask_where_methods_differ``."""
        filled = usable(bins, self.store)
        places = {name: place for place, name in enumerate(filled)}
        chosen = {i: places[labels[i]] for i in self.store.known(list(labels)) if labels[i] in places}
        if len(filled) < 2 or not chosen:
            return []
        members = committee(self.method, support_of(filled, self.store))
        yield Progress("ask", 0, len(chosen))
        worth = yield from worth_asking(members, self.store, chosen, uncertainty)
        return (yield from self.ask_first(worth))

    def propose_bins(self, bins: Bins, unsure: Sequence[ImageId]) -> Job[list[AlikeGroup]]:
        """See ``backend.jobs.propose_bins``."""
        filled, ids = usable(bins, self.store), self.store.known(unsure)[:MOST]
        if len(filled) < 2 or not ids:
            return []
        support = support_of(filled, self.store)
        groups = yield from alike_groups(self.store.features(ids), support.inputs, support.labels)
        return [AlikeGroup(tuple(ids[n] for n in group)) for group in groups]

    def find_twins(self, files: Sequence[ImageFile]) -> Job[list[tuple[ImageId, ...]]]:
        """See ``backend.jobs.find_twins``."""
        keys = {f.id: (k.size, k.digest) for f in files if (k := self.store.keys.get(f.id)) is not None}
        same = yield from duplicates(keys, {f.id: f.path for f in files})
        groups: dict[str, list[ImageId]] = {}
        for image, digest in same.items():
            groups.setdefault(digest, []).append(image)
        return [tuple(group) for group in groups.values()]

    def quality(self, bins: Bins) -> Job[Quality]:
        """See ``backend.jobs.quality``."""
        filled = usable(bins, self.store)
        if len(filled) < 2:
            return Quality(tuple(filled), tuple(map(len, filled.values())))
        fitted = self._fit(bins, self._folder)
        yield Progress("quality", 0, None)
        return (yield from quality(self._ready.method, fitted))

    def shots_curve(self, bins: Bins) -> Job[ShotsCurve]:
        """See ``backend.jobs.shots_curve``."""
        if len(usable(bins, self.store)) < 2:
            return ShotsCurve()
        fitted = self._fit(bins, self._folder)
        yield Progress("shots", 0, None)
        return (yield from shots_curve(self._ready.method, fitted))

    def feature_map(self, ids: Sequence[ImageId], umap: bool) -> Job[FeatureMap]:
        """See ``backend.jobs.feature_map``."""
        return (yield from (umap_map if umap else pca_map)(self.store, self.store.known(ids)))

    def _fit(self, bins: Bins, folder: Sequence[ImageId]) -> FittedBins:
        """The classifier for ``bins``, kept until they change; a transductive one also until the folder does."""
        seen = tuple(self.store.known(folder)) if self._ready.method.transductive else ()
        moved = self._folder != seen or self._bins != bins
        if self._fitted is None or moved or not self._is_current(self._fitted, bins):
            self._fitted = fit_bins(self._ready, self.store, bins, seen)
            self._bins, self._folder = dict(bins), seen
        return self._fitted

    def _is_current(self, fitted: FittedBins, bins: Bins) -> bool:
        """False where examples have become readable since, have got views, or their files were replaced."""
        examples = tuple(i for ids in usable(bins, self.store).values() for i in ids)
        if examples != fitted.examples or not torch.equal(self.store.features(examples), fitted.support.inputs):
            return False
        return not self._ready.method.reads_views or _equal(self.store.with_views(examples), fitted.views)


def _equal(one: Tensor | None, other: Tensor | None) -> bool:
    return (one is other) if one is None or other is None else torch.equal(one, other)


def _method_info(name: str, card: Card) -> MethodInfo:
    """A method that the model has no weights for is listed too: people should know that there is one."""
    method, own = METHODS[name], method_card(card, name)
    accuracy = {} if own is None else validation_accuracy(own.training)
    return MethodInfo(name, method.title, method.summary, method.transductive, method.adapts, own is not None, accuracy)


def _models(chosen: Card) -> tuple[ModelInfo, ...]:
    """All models on this machine, and the ``chosen`` one where it is made of a file elsewhere."""
    found = [_model_info(name) for name in model_names()]
    return (*found, *([] if chosen.name in [m.name for m in found] else [ModelInfo(chosen.name, chosen.title)]))


def _model_info(name: str) -> ModelInfo:
    """A model that is damaged stays in the list: choosing it says what is wrong, and the others go on working."""
    try:
        return ModelInfo(name, read_card(name).title)
    except RequestError:
        return ModelInfo(name, name)


def _loaded_or_none(name: str, chosen: bool) -> Model | None:
    """Model ``name``; a damaged one is passed over unless the person has named it."""
    try:
        return load_model(name)
    except RequestError:
        if chosen:
            raise
        return None


def load_engine(pool: DecoderPool, model: str | None, method: str | None, device: str) -> Engine:
    """See ``backend.jobs.open_engine``."""
    chosen = choose_device(device)
    share_threads()
    keep_freed_memory()
    loaded = load_model(default_model() if model is None else model)
    return Engine(loaded, loaded.card.default_method if method is None else method, chosen, EmbeddingCache(), pool, {})
