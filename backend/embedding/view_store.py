"""Features of examples' augmented views, computed once when an image becomes an example, and cached.

They are stored beside the plain features, in a space that also names the augmentation's version. A change of bins
finds them by content and decodes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from backend.embedding.cache import EmbeddingCache
from backend.embedding.embedder import Embedder
from backend.images import DecoderPool
from backend.images.augmentation import AUGMENTATION_VERSION, prepare_views, view_count
from backend.types import ContentKey, Decoded, ImageFile, Job, Progress, Unreadable

MOST = 500
"""Examples whose views are kept in memory, and more than which are fitted without any: there, one example more says
more than a view does."""
AHEAD = 8
STEP_SECONDS = 0.03

Features = NDArray[np.float16]


class ViewStore:
    """Features of views by content, for one trunk. Lives on the worker thread."""

    def __init__(self, embedder: Embedder, cache: EmbeddingCache, pool: DecoderPool) -> None:
        self.space = f"{embedder.space}/views{AUGMENTATION_VERSION}"
        self._embedder, self._cache, self._pool = embedder, cache, pool
        self._views: dict[ContentKey, Features] = {}

    def beside(self, plain: Tensor, keys: Sequence[ContentKey | None]) -> Tensor | None:
        """``plain`` [n, d], features of ``keys``, with their views: float32 [n, 1 + v, d]. Where one has none yet,
        itself stands in, which changes nothing in how it counts. None where no key has any."""
        have = [n for n, key in enumerate(keys) if key in self._views]
        if not have:
            return None
        views = torch.from_numpy(np.stack([self._views[k] for k in keys if k in self._views])).to(plain)
        both = plain[:, None].repeat(1, 1 + views.shape[1], 1)
        both[have, 1:] = views
        return both

    def embed(self, files: Mapping[ContentKey, ImageFile]) -> Job[None]:
        """Makes what is missing. Closing it keeps what is done.

        Nothing is made where images of this kind have no views, or where there are more than ``MOST``.
        """
        if view_count(self._embedder.spec) == 0 or len(files) > MOST:
            return
        missing = [key for key in files if key not in self._views]
        self._keep(self._cache.get_many(missing, self.space))
        todo = [(key, files[key]) for key in missing if key not in self._views]
        for done, (key, features) in enumerate(self._made(todo)):
            if features is not None:
                self._keep({key: features})
                self._cache.put_many({key: features}, self.space)
            yield Progress("views", done + 1, len(todo))

    def _made(self, todo: Sequence[tuple[ContentKey, ImageFile]]) -> Iterator[tuple[ContentKey, Features | None]]:
        """Features [v, d] of each, as they are decoded; None of what has become unreadable or another image."""
        waiting: dict[Future[Decoded | Unreadable], ContentKey] = {}
        queue = list(reversed(todo))
        spec = self._embedder.spec
        try:
            while queue or waiting:
                while queue and len(waiting) < AHEAD:
                    key, file = queue.pop()
                    waiting[self._pool.decode(file.path, spec.decode_side)] = key
                finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in finished:
                    key, result = waiting.pop(future), future.result()
                    if isinstance(result, Decoded) and result.key == key:
                        yield key, self._embedder.embed(prepare_views(result.pixels, spec))
                    else:
                        yield key, None
        finally:
            for future in waiting:
                future.cancel()

    def _keep(self, views: Mapping[ContentKey, Features]) -> None:
        """The newest ``MOST`` stay in memory; the rest is in the cache."""
        self._views.update(views)
        while len(self._views) > MOST:
            self._views.pop(next(iter(self._views)))
