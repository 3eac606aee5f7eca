"""The job that makes the first engine."""

from typing import TYPE_CHECKING

from backend.images import DecoderPool
from backend.types import Job, Progress

if TYPE_CHECKING:
    from backend.jobs.engine import Engine


def open_engine(
    pool: DecoderPool, model: str | None = None, method: str | None = None, device: str = "auto"
) -> "Job[Engine]":
    """Loads torch, the model and the cache. None stands for the defaults. RequestError where the names are unknown."""
    yield Progress("load", 0, 2)  # shown while torch is imported
    from backend.jobs.engine import load_engine

    yield Progress("load", 1, 2)
    return load_engine(pool, model, method, device)
