"""What the worker thread owns: a model, a method, features, and the classifier fitted last."""

from backend.embedding.cache import EmbeddingCache
from backend.embedding.device import Device, available_devices, choose_device, share_threads
from backend.embedding.embedder import Embedder
from backend.embedding.feature_store import FeatureStore
from backend.embedding.memory import keep_freed_memory
from backend.explain.influence import is_costly
from backend.images import DecoderPool
from backend.jobs.fitting import Fitting
from backend.jobs.menus import method_infos, model_infos
from backend.models.model import Model, Ready
from backend.models.store import default_model, load_model


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

    def changed(self, model: str | None, method: str | None, device: str | None) -> "Engine":
        """See ``backend.jobs.change``. On another device the weights are read anew: the old engine may still be at
        work with its own."""
        stays = device in (None, self.device)
        chosen, stores = (self._device, self._stores) if stays else (choose_device(str(device)), {})
        loaded = (
            self.loaded if stays and model in (None, self.model) else load_model(self.model if model is None else model)
        )
        fallback = self.method if self.method in loaded.methods else loaded.card.default_method
        return Engine(loaded, fallback if method is None else method, chosen, self._cache, self._pool, stores)

    def look_for_models(self) -> None:
        """See ``backend.jobs.look_for_models``."""
        self.models = model_infos(self.loaded.card)

    def close(self) -> None:
        """Closes the cache."""
        self._cache.close()


def load_engine(pool: DecoderPool, model: str | None, method: str | None, device: str) -> Engine:
    """See ``backend.jobs.open_engine``."""
    chosen = choose_device(device)
    share_threads()
    keep_freed_memory()
    loaded = load_model(default_model() if model is None else model)
    return Engine(loaded, loaded.card.default_method if method is None else method, chosen, EmbeddingCache(), pool, {})
