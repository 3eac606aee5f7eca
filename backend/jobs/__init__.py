"""Everything a background worker can run: generators that yield ``Progress`` and return their result.

A job knows no thread, token or callback: whoever steps it may close it between two steps, and what is done is kept.
It is imported at its first step, on the thread that steps it, so that importing this package loads no torch.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from backend.embedding.feature_map import umap_installed as umap_installed
from backend.images import list_images as list_folder
from backend.types import Job

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.jobs.demo import make_demo as make_demo
    from backend.jobs.engine import all_steps as all_steps
    from backend.jobs.engine import change as change
    from backend.jobs.engine import close_engine as close_engine
    from backend.jobs.engine import give_back_memory as give_back_memory
    from backend.jobs.engine import look_for_models as look_for_models
    from backend.jobs.engine import set_steps as set_steps
    from backend.jobs.export import export_csv as export_csv
    from backend.jobs.finding import ask_first as ask_first
    from backend.jobs.finding import ask_where_methods_differ as ask_where_methods_differ
    from backend.jobs.finding import feature_map as feature_map
    from backend.jobs.finding import find_twins as find_twins
    from backend.jobs.finding import propose_bins as propose_bins
    from backend.jobs.labelling import add_views as add_views
    from backend.jobs.labelling import calibrate as calibrate
    from backend.jobs.labelling import embed as embed
    from backend.jobs.labelling import relabel as relabel
    from backend.jobs.opening import open_engine as open_engine
    from backend.jobs.questions import absence as absence
    from backend.jobs.questions import doubts as doubts
    from backend.jobs.questions import explain as explain
    from backend.jobs.questions import quality as quality
    from backend.jobs.questions import rests_on as rests_on
    from backend.jobs.questions import shots_curve as shots_curve
    from backend.jobs.suggestion import suggest_model as suggest_model
    from backend.jobs.trials import best_for_bins as best_for_bins
    from backend.jobs.trials import compare_methods as compare_methods
    from backend.pretrained.catalogue import trunk_offers as trunk_offers
    from backend.pretrained.install import download_weights as download_weights
    from backend.pretrained.install import fetch_model as fetch_model
    from backend.pretrained.install import find_source as find_source
    from backend.pretrained.install import install_weights as install_weights

_JOBS = {
    "backend.jobs.demo": ("make_demo",),
    "backend.jobs.engine": ("all_steps", "change", "close_engine", "give_back_memory", "look_for_models", "set_steps"),
    "backend.jobs.export": ("export_csv",),
    "backend.jobs.finding": ("ask_first", "ask_where_methods_differ", "feature_map", "find_twins", "propose_bins"),
    "backend.jobs.labelling": ("add_views", "calibrate", "embed", "relabel"),
    "backend.jobs.opening": ("open_engine",),
    "backend.jobs.questions": ("absence", "doubts", "explain", "quality", "rests_on", "shots_curve"),
    "backend.jobs.suggestion": ("suggest_model",),
    "backend.jobs.trials": ("best_for_bins", "compare_methods"),
    "backend.pretrained.catalogue": ("trunk_offers",),
    "backend.pretrained.install": ("download_weights", "fetch_model", "find_source", "install_weights"),
}
_MODULES = {name: module for module, names in _JOBS.items() for name in names}

__all__ = ["list_folder", "umap_installed"]


def __getattr__(name: str) -> "Callable[..., Job[Any]]":
    """The job of that name (PEP 562), which is imported at its first step."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def job(*arguments: Any, **options: Any) -> Job[Any]:
        return (yield from getattr(import_module(_MODULES[name]), name)(*arguments, **options))

    return job
