"""A method's temperature and accuracy in every setting, on features of classes that were held back."""

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

from backend.confidence.open_episodes import sampler_of
from backend.confidence.run_episodes import Outcome, mean_and_ci95, run_episodes
from backend.confidence.temperature import fit_temperature
from backend.episodes.image_set import ImageSet
from backend.methods import Method
from backend.training.domain_features import Domain

SETTINGS = ((5, 1), (5, 5), (20, 1), (20, 5))
QUERIES = 15

Measured = tuple[str, float, dict[str, Any]]
"""A setting's name, temperature, and figures in per cent."""


def measured(
    method: Method, features: Tensor, images: ImageSet, settings: Sequence[tuple[int, int]], episodes: int
) -> Iterator[Measured]:
    """Each of ``settings`` (way, shot) for which enough classes have images enough; ``features`` [N, …] belong to
    ``images``."""
    for way, shot in settings:
        sampler = sampler_of(images.members(), way, shot, QUERIES)
        if sampler is None:
            continue
        outcomes = list(run_episodes(method, features, sampler, episodes, seed=1))
        accuracy, ci95 = mean_and_ci95([o.accuracy for o in outcomes])
        log_probs, labels = torch.cat([o.log_probs for o in outcomes]), torch.cat([o.labels for o in outcomes])
        figures = {"accuracy": round(accuracy, 2), "ci95": round(ci95, 2)}
        yield f"{way}w{shot}s", fit_temperature(log_probs, labels), figures


def measured_on_domains(
    method: Method, domains: Sequence[Domain], settings: Sequence[tuple[int, int]], episodes: int
) -> Iterator[Measured]:
    """As ``measured``, on the held-back classes of every domain: the accuracy is the mean over domains, each of which
    counts alike, and the temperature suits all of them together."""
    for way, shot in settings:
        outcomes = {d.name: list(_outcomes(method, d.validation, way, shot, episodes)) for d in domains}
        outcomes = {name: found for name, found in outcomes.items() if found}
        if not outcomes:
            continue
        each = {name: mean_and_ci95([o.accuracy for o in found]) for name, found in outcomes.items()}
        everything = [o for found in outcomes.values() for o in found]
        log_probs, labels = torch.cat([o.log_probs for o in everything]), torch.cat([o.labels for o in everything])
        figures = {
            "accuracy": round(sum(a for a, _ in each.values()) / len(each), 2),
            "ci95": round(sum(c * c for _, c in each.values()) ** 0.5 / len(each), 2),
            "domains": {name: round(accuracy, 2) for name, (accuracy, _) in each.items()},
        }
        yield f"{way}w{shot}s", fit_temperature(log_probs, labels), figures


def _outcomes(method: Method, images: ImageSet, way: int, shot: int, episodes: int) -> Iterator[Outcome]:
    """Nothing where there are too few classes of enough images."""
    sampler = sampler_of(images.members(), way, shot, QUERIES)
    return iter(()) if sampler is None else run_episodes(method, images.images.float(), sampler, episodes, seed=1)
