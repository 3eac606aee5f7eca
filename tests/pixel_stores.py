"""Feature stores without a network."""

from torch import nn

from backend.embedding.cache import EmbeddingCache
from backend.embedding.device import choose_device
from backend.embedding.embedder import Embedder
from backend.embedding.feature_store import FeatureStore
from backend.images import DecoderPool
from backend.images.preparation import InputSpec


def pixel_store(spec: InputSpec, cache: EmbeddingCache, pool: DecoderPool) -> FeatureStore:
    """A store whose trunk gives the pixels themselves."""
    return FeatureStore(Embedder(nn.Flatten(), "pixels", spec, choose_device("cpu")), cache, pool)
