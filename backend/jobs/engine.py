"""What the worker thread owns: a model, a method, features, and the classifier fitted last."""

from backend.embedding import memory
from backend.embedding.cache import EmbeddingCache
from backend.embedding.device import Device, available_devices, choose_device, share_threads
from backend.embedding.embedder import Embedder
from backend.embedding.feature_store import FeatureStore
from backend.explain.influence import is_costly
from backend.images import DecoderPool
from backend.jobs.fitting import Fitting
from backend.jobs.menus import method_infos, model_infos
from backend.labelling.fitted_bins import support_of
from backend.methods.adaptation import AdaptingMethod
from backend.models.model import Model, Ready
from backend.models.store import default_model, load_model
from backend.types import Bins, Job, Progress


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
        self.methods = method_infos(loaded.card)
        self.models = model_infos(loaded.card)
        self.loaded = loaded
        self._device, self._cache, self._pool, self._stores = device, cache, pool, stores
        ready = self.ready(loaded, method)
        self.transductive = ready.method.transductive
        self.has_temperatures = bool(ready.card.temperatures)
        self.costly = is_costly(ready.method)
        self.tells_strangers = bool(ready.card.none_of_these)
        self.reads_views = ready.method.reads_views
        self.store = self.store_for(ready)
        self.fitting = Fitting(ready, self.store)

    def ready(self, loaded: Model, method: str) -> Ready:
        """A method of this or another model, on the engine's device."""
        return loaded.ready(method).on(self._device.torch_device)

    def store_for(self, ready: Ready) -> FeatureStore:
        """The features that a method of this or another model reads."""
        embedder = Embedder(ready.trunk, ready.space, ready.input, self._device)
        return self._stores.setdefault(embedder.space, FeatureStore(embedder, self._cache, self._pool))

    def close(self) -> None:
        """Closes the cache."""
        self._cache.close()


def load_engine(pool: DecoderPool, model: str | None, method: str | None, device: str) -> Engine:
    """The engine that ``open_engine`` opens."""
    chosen = choose_device(device)
    share_threads()
    memory.keep_freed_memory()
    loaded = load_model(default_model() if model is None else model)
    return Engine(loaded, loaded.card.default_method if method is None else method, chosen, EmbeddingCache(), pool, {})


def change(
    engine: Engine, model: str | None = None, method: str | None = None, device: str | None = None
) -> Job[Engine]:
    """An engine with another model, method or device that shares the cache and, on the same device, all features made
    so far. On another device the weights are read anew: the old engine may still be at work with its own.

    Raises:
        RequestError: the names are unknown, or there is no such device.
    """
    yield Progress("load", 0, 1)
    stays = device in (None, engine.device)
    chosen, stores = (engine._device, engine._stores) if stays else (choose_device(str(device)), {})
    loaded = engine.loaded
    if not stays or model not in (None, engine.model):
        loaded = load_model(engine.model if model is None else model)
    fallback = engine.method if engine.method in loaded.methods else loaded.card.default_method
    return Engine(loaded, fallback if method is None else method, chosen, engine._cache, engine._pool, stores)


def set_steps(engine: Engine, steps: int | None) -> Job[None]:
    """An adapting method stops after so many steps from now on (0: it does not adapt at all; None: all steps).
    ``relabel`` then gives other labels. Nothing changes for other methods."""
    yield Progress("steps", 0, 1)
    engine.fitting.set_steps(steps)


def all_steps(engine: Engine, bins: Bins) -> Job[int]:
    """The steps that the method takes on ``bins`` where it is not stopped on the way; 0 where it does not adapt or
    there are fewer than two usable bins."""
    yield Progress("steps", 0, 1)
    method, filled = engine.fitting.method, engine.fitting.usable(bins)
    if not isinstance(method, AdaptingMethod) or len(filled) < 2:
        return 0
    return method.all_steps(support_of(filled, engine.store))


def look_for_models(engine: Engine) -> Job[None]:
    """Brings ``engine.models`` up to what lies on this machine now."""
    yield Progress("load", 0, 1)
    engine.models = model_infos(engine.loaded.card)


def give_back_memory() -> Job[None]:
    """Gives memory that nothing needs any more to the system: after ``change``, what the engine before it held."""
    yield Progress("memory", 0, 1)
    memory.give_back_memory()


def close_engine(engine: Engine) -> Job[None]:
    """Closes the cache. The engine is not used afterwards."""
    yield Progress("close", 0, 1)
    engine.close()
