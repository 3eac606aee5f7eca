"""Query by committee: where methods of other kinds disagree with the labels (Seung, Opper & Sompolinsky 1992,
doi:10.1145/130385.130417).

The committee reads the features of the method in use, so nothing is decoded or embedded for it. Its members are of
different kinds: a logistic head, attention over examples, nearest means. The method's own kind is left out.
"""

import math
import time
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from backend.embedding.feature_store import STEP_SECONDS, FeatureStore
from backend.methods import METHODS, Classifier, Support
from backend.types import ImageId, Job, Progress

KINDS = {
    "linear": {"linear"},
    "matching": {"matching", "matching-fce", "siamese", "relation"},
    "simpleshot": {"simpleshot", "prototypical", "alpha-tim", "bd-cspn"},
}
"""Methods that need no weights, and the methods that are of the same kind."""
MEMBERS = 2
DOUBT = 0.9
"""Share of the committee's doubt in what an answer is worth; the rest is the label's own uncertainty, by which images
are ordered that the committee agrees about."""
FIRST_CHUNK, LARGEST_CHUNK = 256, 4096


def committee(at_work: str, support: Support) -> list[Classifier]:
    """Classifiers of other kinds than the method ``at_work``, fitted to ``support``, inputs [n, …]."""
    flat = Support(support.inputs.detach().float().flatten(1), support.labels)
    length = math.prod(flat.inputs.shape[1:])
    names = [name for name, kind in KINDS.items() if at_work not in kind][:MEMBERS]
    methods = (METHODS[name].for_inputs("vector", (length,)).eval() for name in names)
    return [method.to(flat.inputs.device).fit(flat) for method in methods]


@torch.no_grad()
def doubt(members: Sequence[Classifier], features: Tensor, labels: Tensor) -> Tensor:
    """How much the ``members`` would rather give other labels, float32 [m] in 0..1: of each, 1 less the probability of
    the label in terms of its likeliest one's, so that it is 0 where they agree, however flat its probabilities are; the
    mean of these.

    Args:
        features: [m, …].
        labels: int64 [m], the classes that the method at work has chosen.
    """
    inputs = features.flatten(1)
    doubts = []
    for member in members:
        log_probs = member.log_probs(inputs)  # [m, w]
        doubts.append(1 - (log_probs.gather(1, labels[:, None])[:, 0] - log_probs.max(1).values).exp())
    return torch.stack(doubts).mean(0)


def worth_asking(
    members: Sequence[Classifier],
    store: FeatureStore,
    labels: Mapping[ImageId, int],
    uncertainty: Mapping[ImageId, float],
) -> Job[dict[ImageId, float]]:
    """What an answer about each image of ``labels`` is worth, 0..1, by doubt and, a little, by ``uncertainty`` (0..1);
    all must have features. In steps of about 30 ms."""
    ids, worth, chunk = list(labels), dict[ImageId, float](), FIRST_CHUNK
    while len(worth) < len(ids):
        part = ids[len(worth) : len(worth) + chunk]
        started = time.perf_counter()
        chosen = torch.tensor([labels[i] for i in part], device=store.device)
        doubts = doubt(members, store.features(part), chosen).tolist()
        worth |= {i: DOUBT * d + (1 - DOUBT) * uncertainty[i] for i, d in zip(part, doubts, strict=True)}
        spent = time.perf_counter() - started
        chunk = max(1, min(LARGEST_CHUNK, int(chunk * STEP_SECONDS / max(spent, 1e-4))))
        yield Progress("ask", len(worth), len(ids))
    return worth
