"""Meta Networks. Munkhdalai & Yu, ICML 2017 (arXiv:1703.00837).

A base learner b labels images; a representation u says which examples a query resembles. Both have slow weights,
learned across tasks, and fast weights, made for the task out of loss gradients, the *meta information* (section 3):

1. Of T sampled examples, the gradients of a representation loss by u's slow weights Q pass through an LSTM d,
   coordinate by coordinate: out come u's fast weights Q* (equations 2 to 4).
2. Of every example i, the gradient of the task loss by b's slow weights W passes through a network m: out come fast
   weights W*_i, stored in a memory M and indexed by R, r_i = u(Q, Q*, x_i) (equations 5 to 8).
3. A query reads its own fast weights W* by attention over R (equations 9 and 10), and b labels it (equation 11).

Each augmented layer adds a slow and a fast half: relu(W h) + relu(W* h); before the softmax, W h + W* h (section 3.3).
The last three layers are augmented, as in the paper; slow layers below them are convolutions (section 4).

Departures:
- Of the paper's five convolutions the fifth would see a 1×1 map, where a 3×3 kernel has but its centre: it is a matrix
  here. The convolutions have batch normalisation. On vectors one slow matrix takes the convolutions' place.
- Ways. The softmax's slow rows, one a class, are drawn at random for each episode, with a learned scale, so any number
  of ways works (equal rows would tell the layers below nothing: Σ(p − y) = 0). ``fit`` draws them from a fixed seed, in
  an order that depends on the examples alone. The price: the softmax learns by its fast half.
- Gradients enter d and m as constants. Cosines are multiplied by a learned scale, and a class's examples share its
  attention, so that a large bin does not swallow a small one.
- As a head on a frozen trunk, equation 11 is added to the nearest mean (``nearest_mean.py``).
- The representation loss is cross-entropy where a class has one example, else contrastive on unit vectors, margin 1.
- The memory holds ``MOST`` examples: where there are more, as many of each bin.

Training: AdamW 2e-3 with a cosine to 0, gradient norm 10, a 20-way episode of 1 or 5 shots with 5 queries a class each
step; 0.13 s of one idle CPU core.
"""

import copy
import math
from collections.abc import Generator
from contextlib import nullcontext
from typing import ClassVar, NamedTuple, Self

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from backend.backbones.conv4 import Conv4
from backend.methods.adaptation import AdaptingMethod, canonical, class_ranks, finished, spread
from backend.methods.base import HEAD, Classifier, EpisodeBatch, Fitting, InputKind, Support, class_means
from backend.methods.metanet_gradients import (
    classification_gradients,
    contrastive_gradients,
    sample_examples,
    sample_pairs,
    task_gradients,
)
from backend.methods.metanet_layers import WIDTH, Base, CoordinateLSTM, CoordinateMLP, Representation, VectorLayers
from backend.methods.nearest_mean import NearestMeanStart

DRAWS = 1
"""D, the draws that ``fit`` averages; more cost time and gain little."""
CHUNK, CHUNK_NUMBERS = 256, 2**24
"""Queries that are answered at a time, and numbers in the softmax's rows of what they read, or of what is written."""
MOST = 2000
"""Examples in memory: with 1,000 classes half a gigabyte."""


class Slow(NamedTuple):
    """What the slow layers of u and of b make of inputs, [b, n, d] each."""

    representation: Tensor
    base: Tensor

    def part(self, start: int, stop: int | None) -> "Slow":
        """The inputs from ``start`` up to ``stop``."""
        return Slow(self.representation[:, start:stop], self.base[:, start:stop])

    def expand(self, draws: int) -> "Slow":
        """The same for each of D ``draws``; b must be 1."""
        return Slow(self.representation.expand(draws, -1, -1), self.base.expand(draws, -1, -1))


class Fast(NamedTuple):
    """What a support set makes: u's fast weights, and the memory of b's. Weights are [b, …] and [b, n, …]."""

    representation: list[Tensor]
    memory: list[list[Tensor]]
    """Of each layer, in parts along the examples: whole they would lie in memory twice while they are joined."""
    keys: Tensor
    """R, [b, n, 64]."""
    shares: Tensor
    """Logarithm of each example's class size, [b, n]; +∞ in empty slots."""


class MetaNetClassifier(Classifier):
    """The fast weights of a support set, in D draws of the softmax's rows.

    Args:
        fast: with b = D.
        rows: slow rows [D, w, 64].
        slots: int64 [n], the given support slot of each example of ``fast``.
        given: how many support slots there are.
        means: of the classes' inputs [w, d].
    """

    def __init__(self, method: "MetaNet", fast: Fast, rows: Tensor, slots: Tensor, given: int, means: Tensor) -> None:
        self._method, self._fast, self._rows, self._slots, self._given = method, fast, rows, slots, given
        self._means = means
        self._chunk = max(1, min(CHUNK, CHUNK_NUMBERS // rows.numel()))

    @torch.no_grad()
    def log_probs(self, queries: Tensor) -> Tensor:
        """Equations 9 to 11, averaged over the draws. [q, …] → [q, w]."""
        chunks = [self._answers(chunk)[0] for chunk in queries.float().split(self._chunk)]
        return F.log_softmax(torch.cat(chunks), dim=-1)

    @torch.no_grad()
    def evidence(self, queries: Tensor) -> Tensor:
        """The attention of equation 9, averaged over the draws. [q, …] → [q, n]."""
        found = torch.cat([self._answers(chunk)[1] for chunk in queries.float().split(self._chunk)])
        return found.new_zeros(len(found), self._given).index_copy(1, self._slots, found)

    def _answers(self, queries: Tensor) -> tuple[Tensor, Tensor]:
        slow = self._method.slow_features(queries[None]).expand(len(self._rows))
        logits, attention = self._method.label(slow, self._rows, self._fast)
        logits = self._method.added(logits, self._means[None], queries[None])
        return logits.log_softmax(-1).logsumexp(0), attention.mean(0)


class MetaNet(AdaptingMethod):
    """Meta Networks on what ``trunks`` make of inputs.

    Args:
        trunks: the slow layers of u and of b, each […] → [n, d].
        dimensions: d.
        is_head: logits are added to the nearest mean's.
    """

    name = "metanet"
    title = "Meta Networks"
    summary = "Turns its error on each example into fast weights and looks up the right ones for each image."
    paper = "Munkhdalai & Yu 2017, arXiv:1703.00837"
    default_input: ClassVar[InputKind] = "pixels"

    def __init__(self, trunks: tuple[nn.Module, nn.Module], dimensions: int, is_head: bool = False) -> None:
        super().__init__()
        self.start = NearestMeanStart() if is_head else None
        if is_head:
            self.register_buffer(HEAD, torch.ones(()))
        self.representation = Representation(trunks[0], dimensions)
        self.base = Base(trunks[1], dimensions)
        self.coordinate_lstm, self.coordinate_mlp = CoordinateLSTM(), CoordinateMLP()
        self.row_scale = nn.Parameter(torch.tensor(1.0))
        self.log_scale = nn.Parameter(torch.tensor(math.log(10.0)))

    @classmethod
    def for_inputs(cls, kind: InputKind, shape: tuple[int, ...]) -> Self:
        """Four convolutions for pixels, one matrix for maps and vectors."""
        if kind != "pixels":
            size = math.prod(shape)
            return cls((VectorLayers(size), VectorLayers(size)), WIDTH)
        trunks = (Conv4(shape[0], WIDTH), Conv4(shape[0], WIDTH))
        for trunk in trunks:  # four times faster on a CPU
            trunk.to(memory_format=torch.channels_last)
        return cls(trunks, WIDTH * (shape[1] // 16) * (shape[2] // 16))

    @classmethod
    def as_head(cls, dimensions: int) -> Self:
        """One matrix, and the nearest mean."""
        return cls((VectorLayers(dimensions), VectorLayers(dimensions)), WIDTH, is_head=True)

    @torch.no_grad()
    def fit_in_steps(self, support: Support, unlabelled: Tensor | None = None) -> Fitting:
        """Steps 1 and 2, in D draws of the softmax's rows."""
        method = copy.deepcopy(self).eval()
        given, way = len(support.labels), support.way
        means = class_means(support.inputs.detach().float().flatten(1)[None], support.labels[None], way)[0]
        support, slots = canonical(support)
        some = spread(support.labels, MOST)
        support, slots = Support(support.inputs[some], support.labels[some]), slots[some]
        generator = torch.Generator().manual_seed(0)
        rows = method.draw_rows(DRAWS, support.way, generator)[:, class_ranks(support)]
        labels = support.labels.expand(DRAWS, -1)
        slow = method.slow_features(support.inputs[None]).expand(DRAWS)
        mask = torch.ones_like(labels, dtype=torch.bool)
        fast = yield from method.fast_in_steps(slow, labels, mask, rows, generator, graph=False)
        return MetaNetClassifier(method, fast, rows, slots, given, means)

    def episode_loss(self, batch: EpisodeBatch) -> Tensor:
        """Algorithm 1: the queries' cross-entropy."""
        n = batch.support.shape[1]
        filled = torch.cat([batch.support_mask, torch.ones_like(batch.query_labels, dtype=torch.bool)], 1)
        slow = self.slow_features(torch.cat([batch.support, batch.queries], 1), filled)
        rows = self.draw_rows(len(batch.support), batch.way)
        fast = self.make_fast(slow.part(0, n), batch.support_labels, batch.support_mask, rows)
        logits, _ = self.label(slow.part(n, None), rows, fast)
        if self.start is not None:
            means = class_means(batch.support.float(), batch.support_labels, batch.way, batch.support_mask)
            logits = self.added(logits, means, batch.queries.float())
        return F.cross_entropy(logits.flatten(0, 1), batch.query_labels.flatten())

    def added(self, logits: Tensor, means: Tensor, queries: Tensor) -> Tensor:
        """``logits`` [b, q, w]; of a head, added to the nearest mean's."""
        return logits if self.start is None else self.start(logits, means, queries)

    def slow_features(self, inputs: Tensor, mask: Tensor | None = None) -> Slow:
        """The slow layers of u and b on inputs [b, n, …]; where mask bool [b, n] is False features are 0."""
        filled = torch.ones(inputs.shape[:2], dtype=torch.bool, device=inputs.device) if mask is None else mask
        present = inputs[filled].float()  # empty slots must not enter the batch normalisation
        mixed = self.mixed_precision and self.training
        with torch.autocast(present.device.type, torch.bfloat16) if mixed else nullcontext():
            found = [net.trunk(present).float() for net in (self.representation, self.base)]
        return Slow(*(f.new_zeros(*filled.shape, f.shape[1]).masked_scatter(filled[..., None], f) for f in found))

    def draw_rows(self, episodes: int, way: int, generator: torch.Generator | None = None) -> Tensor:
        """The softmax's slow rows, [b, w, 64]."""
        rows = torch.randn(episodes, way, WIDTH, generator=generator) / math.sqrt(WIDTH)
        return rows.to(self.row_scale.device) * self.row_scale

    def make_fast(self, slow: Slow, labels: Tensor, mask: Tensor, rows: Tensor) -> Fast:
        """All of ``fast_in_steps``."""
        return finished(self.fast_in_steps(slow, labels, mask, rows, graph=True))

    def fast_in_steps(
        self,
        slow: Slow,
        labels: Tensor,
        mask: Tensor,
        rows: Tensor,
        generator: torch.Generator | None = None,
        *,
        graph: bool,
    ) -> Generator[None, None, Fast]:
        """Steps 1 and 2 for slow features of support sets, labels [b, n], mask bool [b, n] and rows [b, w, 64]; with
        ``graph`` for training."""
        counts = (F.one_hot(labels, rows.shape[1]) * mask[..., None]).sum(1)  # [b, w]
        if (counts.masked_fill(counts == 0, 2) > 1).all():
            samples = sample_pairs(labels, mask, generator)
            gradients = contrastive_gradients(self.representation, slow.representation, labels, samples)
        else:
            samples = sample_examples(mask, generator)
            gradients = classification_gradients(self.representation, slow.representation, labels, samples, rows)
        representation = [self._switched(self.coordinate_lstm(g.transpose(0, 1), graph)) for g in gradients]
        memory = yield from self._written(slow.base, labels, rows)
        shares = counts.clamp_min(1).gather(1, labels).log().masked_fill(~mask, math.inf)
        return Fast(representation, memory, self.representation.head(slow.representation, representation), shares)

    def _written(self, slow: Tensor, labels: Tensor, rows: Tensor) -> Generator[None, None, list[list[Tensor]]]:
        """The memory: each example's gradients after m, of each layer, a bounded number of examples at a time."""
        few = max(1, CHUNK_NUMBERS // rows.numel())
        parts = []
        for part in zip(slow.split(few, 1), labels.split(few, 1), strict=True):
            gradients = task_gradients(self.base, *part, rows)
            parts.append([self._switched(self.coordinate_mlp(g)) for g in gradients])
            yield
        return [list(layer) for layer in zip(*parts, strict=True)]

    def label(self, slow: Slow, rows: Tensor, fast: Fast) -> tuple[Tensor, Tensor]:
        """Step 3 for the queries' slow features: logits [b, q, w] and attention [b, q, n]."""
        r = F.normalize(self.representation.head(slow.representation, fast.representation), dim=-1)
        cosines = r @ F.normalize(fast.keys, dim=-1).mT
        attention = (self.log_scale.clamp(0, math.log(100)).exp() * cosines - fast.shares[:, None]).softmax(-1)
        read = [_read(attention, parts) for parts in fast.memory]
        return self.base.head(slow.base, rows, read), attention

    def _switched(self, fast: Tensor) -> Tensor:
        return fast if self.adaptation else torch.zeros_like(fast)


def _read(attention: Tensor, parts: list[Tensor]) -> Tensor:
    """Equation 10: attention [b, q, n] over fast weights [b, n, o, i], in parts along n → [b, q, o, i]."""
    shares = attention.split([p.shape[1] for p in parts], -1)
    read: Tensor = shares[0] @ parts[0].flatten(2)
    for share, part in zip(shares[1:], parts[1:], strict=True):
        read = read + share @ part.flatten(2)
    return read.view(*read.shape[:2], *parts[0].shape[2:])
