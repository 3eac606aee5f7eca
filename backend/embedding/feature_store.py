"""Features of the open folder's images: from the cache, or else decoded and embedded."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from backend.embedding.cache import EmbeddingCache
from backend.embedding.embedder import Embedder
from backend.embedding.view_store import ViewStore
from backend.images import DecoderPool
from backend.images.preparation import prepare
from backend.types import ContentKey, Decoded, Embedded, ImageFile, ImageId, Job, Unreadable

STEP_SECONDS = 0.03
CHUNK = 256
"""Files whose content keys are looked up at once."""
AHEAD = 48
"""Decoded images in flight: enough to keep the decoders busy, little memory."""
BATCH = 32
"""Images of one trunk forward pass: about one step's time for small trunks on two cores."""
LARGE, LARGE_BATCH = 128, 8
"""Pixels of a side from which on there are fewer: more at once are no faster, and labels would wait for them."""

Features = NDArray[np.float16]


class FeatureStore:
    """Features by image id, for one trunk. Lives on the worker thread.

    ``failures`` says why an image has none. An image whose size or modification time changed is read again. ``views``
    holds those of examples. Features are kept in memory as the cache has them, and given out on the trunk's ``device``.
    """

    device = torch.device("cpu")

    def __init__(self, embedder: Embedder, cache: EmbeddingCache, pool: DecoderPool) -> None:
        self.embedder, self.device = embedder, embedder.device
        self.failures: dict[ImageId, str] = {}
        self.keys: dict[ImageId, ContentKey] = {}
        self.views = ViewStore(embedder, cache, pool)
        self._cache, self._pool = cache, pool
        self._features: dict[ImageId, Features] = {}
        self._stamps: dict[ImageId, tuple[int, int]] = {}

    def known(self, ids: Sequence[ImageId]) -> list[ImageId]:
        """Those of ``ids`` that have features."""
        return [i for i in ids if i in self._features]

    def features(self, ids: Sequence[ImageId]) -> Tensor:
        """Features of ``ids``, which must be known: float32 [n, …] on ``device``."""
        return torch.from_numpy(np.stack([self._features[i] for i in ids])).to(self.device).float()

    def with_views(self, ids: Sequence[ImageId]) -> Tensor | None:
        """Examples with their views: float32 [n, 1 + v, d], the image itself first. None where none has any yet."""
        return self.views.beside(self.features(ids), [self.keys.get(i) for i in ids])

    def embed(self, files: Sequence[ImageFile]) -> Job[None]:
        """Makes features for ``files``; those that are known already cost nothing. Closing it keeps what is done."""
        todo = [f for f in files if self._stamps.get(f.id) != (f.size, f.mtime_ns)]
        done = 0
        for start in range(0, len(todo), CHUNK):
            for news in self._embed_chunk(todo[start : start + CHUNK]):
                done += len(news.ids) + len(news.failed)
                yield Embedded("embed", done, len(todo), news.ids, news.failed, news.from_cache)

    def _embed_chunk(self, files: Sequence[ImageFile]) -> Iterator[Embedded]:
        by_id = {f.id: f for f in files}
        keys: dict[ImageId, ContentKey] = {}
        for results in _as_they_come({f.id: self._pool.identify(f.path) for f in files}):
            failed = {i: r.reason for i, r in results.items() if isinstance(r, Unreadable)}
            keys |= {i: r for i, r in results.items() if isinstance(r, ContentKey)}
            yield self._settle(by_id, {}, failed, 0)
        cached = self._cache.get_many(list(set(keys.values())), self.embedder.space)
        hits = {i: cached[k] for i, k in keys.items() if k in cached}
        self.keys |= keys
        yield self._settle(by_id, hits, {}, len(hits))
        yield from self._decode_and_embed(by_id, [f for f in files if f.id in keys and f.id not in hits])

    def _decode_and_embed(self, by_id: Mapping[ImageId, ImageFile], files: Sequence[ImageFile]) -> Iterator[Embedded]:
        waiting: dict[Future[Decoded | Unreadable], ImageId] = {}
        ready: dict[ImageId, Decoded] = {}
        unsaved: dict[ContentKey, Features] = {}
        queue = list(reversed(files))
        side, batch = self.embedder.spec.decode_side, self._batch
        try:
            while queue or waiting or ready:
                while queue and len(waiting) + len(ready) < AHEAD:
                    file = queue.pop()
                    waiting[self._pool.decode(file.path, side)] = file.id
                failed = _collect(waiting, ready)
                made = self._forward(ready) if len(ready) >= batch or not (queue or waiting) else {}
                unsaved |= dict(made.values())
                self.keys |= {i: k for i, (k, _) in made.items()}
                yield self._settle(by_id, {i: f for i, (_, f) in made.items()}, failed, 0)
        finally:
            for future in waiting:
                future.cancel()
            self._cache.put_many(unsaved, self.embedder.space)

    @property
    def _batch(self) -> int:
        return BATCH if self.embedder.spec.size < LARGE else LARGE_BATCH

    def _forward(self, ready: dict[ImageId, Decoded]) -> dict[ImageId, tuple[ContentKey, Features]]:
        batch = [(i, ready.pop(i)) for i in list(ready)[: self._batch]]
        if not batch:
            return {}
        images = np.stack([prepare(decoded.pixels, self.embedder.spec) for _, decoded in batch])
        features = self.embedder.embed(images)
        return {i: (decoded.key, f) for (i, decoded), f in zip(batch, features, strict=True)}

    def _settle(
        self,
        by_id: Mapping[ImageId, ImageFile],
        made: Mapping[ImageId, Features],
        failed: Mapping[ImageId, str],
        hits: int,
    ) -> Embedded:
        for i in (*made, *failed):
            self._stamps[i] = (by_id[i].size, by_id[i].mtime_ns)
            self._features.pop(i, None)
            self.failures.pop(i, None)
        self._features.update(made)
        self.failures.update(failed)
        return Embedded("embed", 0, None, tuple(made), dict(failed), hits)


def _collect(waiting: dict[Future[Decoded | Unreadable], ImageId], ready: dict[ImageId, Decoded]) -> dict[ImageId, str]:
    """Moves finished decodings to ``ready``, after waiting one step's time at most; returns the failures."""
    failed: dict[ImageId, str] = {}
    finished, _ = wait(waiting, timeout=STEP_SECONDS, return_when=FIRST_COMPLETED)
    for future in finished:
        image = waiting.pop(future)
        result = future.result()
        if isinstance(result, Unreadable):
            failed[image] = result.reason
        else:
            ready[image] = result
    return failed


def _as_they_come(
    futures: Mapping[ImageId, Future[ContentKey | Unreadable]],
) -> Iterator[dict[ImageId, ContentKey | Unreadable]]:
    """Results by id, as they finish, about every 30 ms; what is open is cancelled when the iterator is closed."""
    waiting = {future: image for image, future in futures.items()}
    try:
        while waiting:
            finished, _ = wait(waiting, timeout=STEP_SECONDS)
            yield {waiting.pop(future): future.result() for future in finished}
    finally:
        for future in waiting:
            future.cancel()
