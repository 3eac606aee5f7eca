"""A method's temperature and accuracy in every setting, on features of classes that were held back."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

from backend.confidence.open_episodes import sampler_of
from backend.confidence.run_episodes import Outcome, mean_and_ci95, run_episodes
from backend.confidence.temperature import fit_temperature
from backend.episodes.image_set import ImageSet
from backend.episodes.presentation import by_instance, present
from backend.episodes.sampler import generator_for
from backend.methods import Method, Streams
from backend.training.domain_features import Domain

SETTINGS = ((5, 1), (5, 5), (20, 1), (20, 5))
QUERIES = 15
STREAM_WAY, STREAM_INSTANCES = 5, (2, 5, 10)

Measured = tuple[str, float, dict[str, Any]]
"""A setting's name, temperature, and figures in per cent."""


def measured(
    method: Method,
    features: Tensor,
    images: ImageSet,
    settings: Sequence[tuple[int, int]],
    episodes: int,
    queries: int = QUERIES,
) -> Iterator[Measured]:
    """Each of ``settings`` (way, shot) for which enough classes have images enough; ``features`` [N, …] belong to
    ``images`` and lie where the method does."""
    for way, shot in settings:
        sampler = sampler_of(images.members(), way, shot, queries)
        if sampler is None:
            continue
        outcomes = list(run_episodes(method, features, sampler, episodes, seed=1))
        accuracy, ci95 = mean_and_ci95([o.accuracy for o in outcomes])
        log_probs, labels = torch.cat([o.log_probs for o in outcomes]), torch.cat([o.labels for o in outcomes])
        figures = {"accuracy": round(accuracy, 2), "ci95": round(ci95, 2)}
        yield f"{way}w{shot}s", fit_temperature(log_probs, labels), figures


def accuracies(found: Iterable[Measured]) -> dict[str, float]:
    """By setting, in per cent."""
    return {setting: figures["accuracy"] for setting, _, figures in found}


def streamed(method: Method, features: Tensor, images: ImageSet, episodes: int) -> dict[str, float]:
    """Of a method that streams: accuracy in per cent, before an image's label is told, for the 2nd, 5th and 10th image
    of a class in sequences of five classes. Of other methods nothing."""
    sampler = sampler_of(images.members(), STREAM_WAY, 1, STREAM_INSTANCES[-1] - 1)
    if sampler is None or not isinstance(method, Streams):
        return {}
    drawn = [present(sampler, generator_for(1, number)) for number in range(episodes)]
    inputs = features[torch.stack([p.images for p in drawn])]  # [b, way·T, …]
    labels = torch.stack([p.labels for p in drawn])
    answers = method.streaming_log_probs(inputs, labels.to(inputs.device), STREAM_WAY).cpu()
    shares = torch.stack([by_instance(p, each) for p, each in zip(drawn, answers, strict=True)]).mean(0)
    return {f"instance {t}": round(100 * float(shares[t - 1]), 2) for t in STREAM_INSTANCES}


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
