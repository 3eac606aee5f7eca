"""The job that looks at a folder's images and suggests a model."""

from collections.abc import Sequence

from backend.images import DecoderPool
from backend.selection.suggestion import SAMPLE, SIDE, Suggestion, suggestion_for
from backend.types import Decoded, ImageFile, Job, Pixels, Progress


def suggest_model(pool: DecoderPool, files: Sequence[ImageFile], available: Sequence[str]) -> Job[Suggestion | None]:
    """Which of ``available`` models suits a folder of ``files``, by the look of some of them. None where none of these
    can be read. Loads no torch."""
    sample = files[:: -(-len(files) // SAMPLE)] if files else []
    waiting = [pool.decode(file.path, SIDE) for file in sample]
    pixels: list[Pixels] = []
    try:
        for done, future in enumerate(waiting):
            decoded = future.result()
            pixels += [decoded.pixels] if isinstance(decoded, Decoded) else []
            yield Progress("suggest", done + 1, len(waiting))
    finally:
        for future in waiting:
            future.cancel()
    return suggestion_for(pixels, available) if pixels else None
