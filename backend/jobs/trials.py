"""Jobs that try other methods and models on the person's own bins."""

from collections.abc import Sequence

from backend.errors import RequestError
from backend.jobs.engine import Engine
from backend.methods import METHODS
from backend.models.model import Model
from backend.models.store import load_model
from backend.selection.best_method import Candidate, Choice, rank_candidates
from backend.selection.comparison import Task, score_candidates
from backend.selection.scores import MethodScore
from backend.types import Bins, ImageFile, Job, Progress, Rejected


def best_for_bins(engine: Engine, bins: Bins, files: Sequence[ImageFile], models: Sequence[str] = ()) -> Job[Choice]:
    """Scores every method of ``models`` (by default of all on this machine) by leave-one-out on ``bins``, whose
    examples' ``files`` are given; best first.

    Raises:
        RequestError: fewer than two bins have a readable example, none has two, or a model is unknown.
    """
    candidates: list[Candidate] = []
    for done, name in enumerate(models or [m.name for m in engine.models]):
        loaded = engine.loaded if name == engine.model else _loaded_or_none(name, chosen=bool(models))
        candidates += [] if loaded is None else [_candidate(engine, loaded, m) for m in loaded.methods]
        yield Progress("load", done + 1, None)
    return (yield from rank_candidates(candidates, files, bins))


def compare_methods(
    engine: Engine,
    bins: Bins,
    examples: Sequence[ImageFile],
    folder: Sequence[ImageFile],
    rejected: Rejected | None = None,
) -> Job[list[MethodScore]]:
    """Tries every method of the engine's model on ``bins``, the one in use first and those that adapt last; yields a
    ``MethodScore`` after each.

    ``examples`` are the files of the bins, ``folder`` those of the images to label, of which a part is read where there
    are many.

    Raises:
        RequestError: fewer than two bins have a readable example, or none has two.
    """
    candidates: list[Candidate] = []
    # The method in use first: others differ from it. Those that adapt last: they take long.
    for name in sorted(engine.loaded.methods, key=lambda m: (m != engine.method, METHODS[m].adapts)):
        candidates.append(_candidate(engine, engine.loaded, name))
        yield Progress("load", len(candidates), None)
    return (yield from score_candidates(candidates, Task(bins, examples, folder, rejected or {})))


def _candidate(engine: Engine, loaded: Model, method: str) -> Candidate:
    in_use = loaded is engine.loaded and method == engine.method
    ready = engine.fitting.ready if in_use else engine.ready(loaded, method)  # in use it may stand at fewer steps
    return Candidate(loaded.card.name, ready, engine.store_for(ready))


def _loaded_or_none(name: str, chosen: bool) -> Model | None:
    """Model ``name``; a damaged one is passed over unless the person has named it."""
    try:
        return load_model(name)
    except RequestError:
        if chosen:
            raise
        return None
