"""Episodes in which half of the queries come from classes in no bin."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from backend.confidence.none_of_these import ALONE, NoneOfThese, Surroundings, fit_coefficients
from backend.confidence.temperature import calibrated
from backend.episodes.sampler import Episode, EpisodeSampler, generator_for
from backend.methods import Method, Support

EPISODES = 100
QUERIES = 10
Coefficients = dict[str, list[float]]
"""By the card's tables that they belong in."""


@dataclass(frozen=True, slots=True)
class OpenOutcome:
    """One episode's decisions: ``log_probs`` [q, w] at temperature 1, true ``labels`` int64 [q], −1 for none of the
    bins, and the ``signs`` [q, s] at the given temperature."""

    log_probs: Tensor
    labels: Tensor
    signs: Tensor


def run_open_episode(
    method: Method, features: Tensor, episode: Episode, temperature: float, strangers: int | None = None
) -> OpenOutcome:
    """The first half of the episode's classes are the bins, the rest are in none; of these ``strangers`` are asked
    about, by default all. ``features`` float32 [N, …].

    A transductive method reads all queries, those of no bin too.
    """
    way = len(episode.classes) // 2
    shot, asked = episode.support.shape[1], episode.queries.shape[1]
    classes = torch.arange(way + (way if strangers is None else strangers), device=features.device)
    support = Support(features[episode.support[:way].flatten()], classes[:way].repeat_interleave(shot))
    queries = features[episode.queries[: len(classes)].flatten()]
    labels = classes.repeat_interleave(asked)
    classifier = method.fit(support, queries if method.transductive else None)
    with torch.no_grad():
        log_probs, familiarity = classifier.log_probs(queries), classifier.familiarity(queries)
    best = calibrated(log_probs, temperature).max(1).values
    labels = labels.masked_fill(labels >= way, -1)
    return OpenOutcome(log_probs, labels, Surroundings(support).signs(queries, best, familiarity))


def run_open_episodes(
    method: Method, features: Tensor, sampler: EpisodeSampler, temperature: float, episodes: int, seed: int
) -> Iterator[OpenOutcome]:
    """Outcomes of episodes 0..episodes-1 of ``seed``; the sampler draws twice as many classes as there are bins."""
    for number in range(episodes):
        yield run_open_episode(method, features, sampler.draw(generator_for(seed, number)), temperature)


def run_varied_episodes(
    method: Method, features: Tensor, sampler: EpisodeSampler, temperature: float, episodes: int, seed: int
) -> Iterator[OpenOutcome]:
    """As ``run_open_episodes``, with images of no bin in two of three episodes: as many classes as there are bins, or
    half as many. What a method reads of a folder depends on what the folder holds."""
    for number in range(episodes):
        episode = sampler.draw(generator_for(seed, number))
        way = len(episode.classes) // 2
        strangers = (way, (way + 1) // 2, 0)[number % 3]
        yield run_open_episode(method, features, episode, temperature, strangers)


def sampler_of(members: Sequence[Tensor], way: int, shot: int, queries: int = QUERIES) -> EpisodeSampler | None:
    """Episodes of the classes that are large enough; None where there are fewer than ``way`` of these."""
    enough = [m for m in members if len(m) >= shot + queries]
    if len(enough) < way:
        return None
    return EpisodeSampler(enough, torch.zeros(len(enough), dtype=torch.int64), way, shot, queries, [""] * len(enough))


def fit_none_of_these(
    method: Method,
    features: Tensor,
    members: Sequence[Tensor],
    way: int,
    shot: int,
    temperature: float,
    episodes: int = EPISODES,
    seed: int = 2,
) -> Coefficients:
    """Coefficients for the card at ``way`` and ``shot``; none where the classes do not suffice.

    Args:
        method: in eval mode, as its file will hold it.
        features: float32 [N, …] of the meta-validation images.
        members: indices of each class's images.
        temperature: the card's at this setting.
    """
    return fit_none_of_these_on([(features, members)], method, way, shot, temperature, episodes, seed)


def fit_none_of_these_on(
    domains: Sequence[tuple[Tensor, Sequence[Tensor]]],
    method: Method,
    way: int,
    shot: int,
    temperature: float,
    episodes: int = EPISODES,
    seed: int = 2,
) -> Coefficients:
    """As ``fit_none_of_these``, one set of coefficients for several ``domains``, features and members of each. Those
    that do not have enough classes are left out."""
    outcomes: list[OpenOutcome] = []
    for features, members in domains:
        sampler = sampler_of(members, 2 * way, shot)
        if sampler is not None:
            outcomes += run_varied_episodes(method, features, sampler, temperature, episodes, seed)
    if not outcomes:
        return {}
    signs, known = torch.cat([o.signs for o in outcomes]), torch.cat([o.labels for o in outcomes]) >= 0
    found = {"none_of_these": fit_coefficients(signs[:, :ALONE], known)}
    return found if signs.shape[1] == ALONE else {**found, "none_of_these_in_folder": fit_coefficients(signs, known)}


def confidences(outcome: OpenOutcome, temperature: float, none_of_these: NoneOfThese) -> Tensor:
    """The probability that each label is right, float32 [q]."""
    best = calibrated(outcome.log_probs, temperature).max(1).values
    return best * none_of_these.belongs(outcome.signs)
