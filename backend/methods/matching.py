"""Matching Networks for One Shot Learning. Vinyals, Blundell, Lillicrap et al., NeurIPS 2016 (arXiv:1606.04080).

A query's label is the attention-weighted sum of the examples' labels, ŷ = Σ_i a(x̂, x_i) y_i (equation 1); the
attention is a softmax over cosine similarities (section 2.1.1). Full-context embeddings (section 2.1.2, appendix A)
let every example's embedding see the whole support set through a bidirectional LSTM (g), and every query's through an
LSTM that reads the support set K times (f).

Departures:
- Cosines are multiplied by a learned scale (10 at first): they lie in −1..1, and a softmax over them alone is too
  flat to learn.
- Class scores are the mean over a class's examples, not the sum, so that a large bin does not swallow a small one. At
  equal shots, the paper's case, both are the same.
- Embeddings are given length 2 before the LSTMs. Their outputs lie in −1..1 and are added to the embeddings, so that
  long vectors would drown them; the cosine at the end ignores length anyway.
- As a head on a frozen trunk, what the attention says of the classes is added to the nearest mean
  (``nearest_mean.py``): with five examples a class, attention alone fell up to six points behind it. Full-context
  embeddings have no such form.
- The biLSTM depends on the order of the support set. Training shuffles it; ``fit`` takes the *set* of distinct
  examples in lexicographic order and averages the class probabilities of seeded permutations, so that order and
  repeats change nothing.
"""

import copy
import math
from typing import Self

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from backend.methods.base import HEAD, Classifier, EpisodeBatch, InputKind, Method, Support, class_means
from backend.methods.nearest_mean import NearestMeanStart


def cosines(queries: Tensor, examples: Tensor) -> Tensor:
    """c(f, g) of section 2.1.1: queries [b, q, d], examples [b, n, d] → [b, q, n] in −1..1, in float32."""
    return F.normalize(queries.float(), dim=-1) @ F.normalize(examples.float(), dim=-1).mT


def of_equal_length(embedded: Tensor) -> Tensor:
    """What the LSTMs take: ``embedded`` […, d] in float32, each vector with length 2."""
    return 2.0 * F.normalize(embedded.float(), dim=-1)


def share_logits(logits: Tensor, labels: Tensor, way: int, mask: Tensor) -> Tensor:
    """Divides each example's attention by the size of its class: logits [b, q, n] − log(count); −∞ in empty slots.

    Args:
        logits: float32 [b, q, n].
        labels: int64 [b, n] in 0..way-1.
        way: number of classes.
        mask: bool [b, n], True where a slot is filled.
    """
    counts = (F.one_hot(labels, way) * mask[..., None]).sum(1)  # [b, w]
    shares = counts.clamp_min(1).log().gather(1, labels)  # [b, n]
    return (logits - shares[:, None]).masked_fill(~mask[:, None], -math.inf)


def class_log_probs(logits: Tensor, labels: Tensor, way: int) -> Tensor:
    """Equation 1: log of each class's share of attention. logits [b, q, n], labels [b, n] → [b, q, w], normalised."""
    index = labels[:, None].expand_as(logits)
    empty = logits.new_full((*logits.shape[:2], way), -math.inf)
    peaks = empty.scatter_reduce(
        2, index, logits.detach(), "amax"
    )  # [b, q, w]: each class's own, so that none underflows
    sums = torch.zeros_like(empty).scatter_add(2, index, (logits - peaks.gather(2, index)).exp())
    return F.log_softmax(sums.log() + peaks, dim=-1)


class ContextEmbedding(nn.Module):
    """Full-context embeddings of vectors with d ``dimensions`` (appendix A), with K ``reads`` of the support set."""

    def __init__(self, dimensions: int, reads: int) -> None:
        super().__init__()
        self.reads = reads
        self.bi_lstm = nn.LSTM(dimensions, dimensions, batch_first=True, bidirectional=True)
        # The paper's LSTM(f′, [h, r], c) is a cell with input [f′, r] and state h: its gates are the same linear maps.
        self.cell = nn.LSTMCell(2 * dimensions, dimensions)

    def examples(self, embedded: Tensor, lengths: Tensor) -> Tensor:
        """g = →h + ←h + g′ (appendix A.2): sequences [b, n, d], filled up to ``lengths`` int64 [b] → [b, n, d]."""
        packed = pack_padded_sequence(embedded, lengths.cpu(), batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.bi_lstm(packed)[0], batch_first=True, total_length=embedded.shape[1])
        forward, backward = states.chunk(2, dim=-1)  # [b, n, d] each
        context: Tensor = forward + backward + embedded
        return context

    def queries(self, embedded: Tensor, examples: Tensor, mask: Tensor) -> Tensor:
        """f (appendix A.1), K reads of g: queries [b, q, d], examples [b, n, d], mask bool [b, n] → [b, q, d]."""
        return read_support(self.cell, self.reads, embedded, examples, mask)


def read_support(cell: nn.LSTMCell, reads: int, embedded: Tensor, examples: Tensor, mask: Tensor) -> Tensor:
    """Appendix A.1: h_k = LSTM([f′, r_{k−1}], h_{k−1}) + f′ with r = Σ_i softmax(h·g_i) g_i; returns h_K."""
    b, q, d = embedded.shape
    flat = embedded.flatten(0, 1)  # [bq, d]
    h, c, r = flat, torch.zeros_like(flat), torch.zeros_like(flat)
    for _ in range(reads):
        scores = h.view(b, q, d) @ examples.mT  # [b, q, n]
        attention = scores.masked_fill(~mask[:, None], -math.inf).softmax(-1)
        r = (attention @ examples).flatten(0, 1)
        output, c = cell(torch.cat([flat, r], dim=-1), (h, c))
        h = output + flat
    return h.view(b, q, d)


class MatchingClassifier(Classifier):
    """Attention over examples [n, d]; with ``start``, which is copied, added to the nearest mean."""

    def __init__(self, support: Support, scale: Tensor, start: NearestMeanStart | None = None) -> None:
        self._examples, self._labels, self._way = support.inputs[None], support.labels[None], support.way
        self._scale, self._start = scale.detach().clone(), copy.deepcopy(start)

    @torch.no_grad()
    def _attention(self, queries: Tensor) -> Tensor:
        """Logits of each example's share, [q, …] → [1, q, n]."""
        logits = self._scale * cosines(queries.flatten(1)[None], self._examples)
        return share_logits(logits, self._labels, self._way, torch.ones_like(self._labels, dtype=torch.bool))

    def log_probs(self, queries: Tensor) -> Tensor:
        """Equation 1 with the mean over a class's examples. [q, …] → [q, w]."""
        found = class_log_probs(self._attention(queries), self._labels, self._way)
        if self._start is None:
            return found[0]
        means = class_means(self._examples, self._labels, self._way)
        with torch.no_grad():
            return F.log_softmax(self._start(found, means, queries.float()[None])[0], dim=-1)

    def evidence(self, queries: Tensor) -> Tensor:
        """The attention: the shares of a class's examples add up to its probability. [q, …] → [q, n]."""
        return self._attention(queries)[0].softmax(-1)


class Matching(Method):
    """Matching Networks without full-context embeddings."""

    name = "matching"
    title = "Matching Networks"
    summary = "Looks at all examples at once and copies the labels of those it finds most alike."
    paper = "Vinyals, Blundell, Lillicrap, Kavukcuoglu & Wierstra 2016, arXiv:1606.04080"

    def __init__(self, is_head: bool = False) -> None:
        super().__init__()
        self.log_scale = nn.Parameter(torch.tensor(math.log(10.0)))
        self.start = NearestMeanStart() if is_head else None
        if is_head:
            self.register_buffer(HEAD, torch.ones(()))

    @property
    def scale(self) -> Tensor:
        """The factor before the softmax, kept in 1..100."""
        return self.log_scale.clamp(0.0, math.log(100.0)).exp()

    @classmethod
    def for_inputs(cls, kind: InputKind, shape: tuple[int, ...]) -> Self:
        """One scale, whatever the inputs' shape; maps and pixels are flattened."""
        return cls()

    @classmethod
    def as_head(cls, dimensions: int) -> Self:
        """Attention, added to the nearest mean."""
        return cls(is_head=True)

    def fit(self, support: Support, unlabelled: Tensor | None = None) -> Classifier:
        """Keeps the examples; nothing is adapted."""
        examples = Support(support.inputs.detach().float().flatten(1), support.labels)
        return MatchingClassifier(examples, self.scale, self.start)

    def episode_loss(self, batch: EpisodeBatch) -> Tensor:
        """Section 2.2: mean negative log-probability of the queries' classes."""
        return self._loss(batch, batch.queries.float().flatten(2), batch.support.float().flatten(2))

    def _loss(self, batch: EpisodeBatch, queries: Tensor, examples: Tensor) -> Tensor:
        """Loss of final embeddings, queries [b, q, d] and examples [b, n, d]."""
        logits = self.scale * cosines(queries, examples)
        logits = share_logits(logits, batch.support_labels, batch.way, batch.support_mask)
        log_probs = class_log_probs(logits, batch.support_labels, batch.way)  # [b, q, w]
        if self.start is not None:
            means = class_means(examples, batch.support_labels, batch.way, batch.support_mask)
            log_probs = F.log_softmax(self.start(log_probs, means, queries), dim=-1)
        return F.nll_loss(log_probs.flatten(0, 1), batch.query_labels.flatten())


class FullContextClassifier(Classifier):
    """Attention over context embeddings, averaged over P seeded orders of the support set.

    Args:
        contexts: g of the m distinct examples, float32 [P, m, d].
        inverse: int64 [n], the distinct example that each support slot holds.
    """

    def __init__(self, method: "MatchingFullContext", contexts: Tensor, inverse: Tensor, support: Support) -> None:
        self._cell, self._reads = copy.deepcopy(method.context.cell), method.context.reads
        self._contexts, self._inverse = contexts, inverse
        self._labels, self._way = support.labels.expand(len(contexts), -1), support.way  # [P, n]
        self._scale = method.scale.detach().clone()

    @torch.no_grad()
    def _attention(self, queries: Tensor) -> Tensor:
        """Logits of each example's share in each order, [q, …] → [P, q, n]."""
        embedded = of_equal_length(queries.flatten(1)).expand(len(self._contexts), -1, -1)  # [P, q, d]
        distinct = torch.ones(self._contexts.shape[:2], dtype=torch.bool, device=embedded.device)
        embedded = read_support(self._cell, self._reads, embedded, self._contexts, distinct)
        logits = self._scale * cosines(embedded, self._contexts)[:, :, self._inverse]
        return share_logits(logits, self._labels, self._way, torch.ones_like(self._labels, dtype=torch.bool))

    def log_probs(self, queries: Tensor) -> Tensor:
        """Equation 1, averaged over the orders. [q, …] → [q, w]."""
        each = class_log_probs(self._attention(queries), self._labels, self._way)  # [P, q, w]
        return F.log_softmax(each.logsumexp(0), dim=-1)

    def evidence(self, queries: Tensor) -> Tensor:
        """The attention, averaged over the orders. [q, …] → [q, n]."""
        return self._attention(queries).softmax(-1).mean(0)


def shuffled_slots(batch: EpisodeBatch) -> Tensor:
    """A random order of each episode's support slots, empty ones last: int64 [b, n].

    The seed comes from the batch, so that a training that was interrupted goes on bit for bit.
    """
    ids = batch.class_ids.flatten().cpu()
    seed = int((ids * torch.arange(1, len(ids) + 1)).sum()) % 2**31
    keys = torch.rand(batch.support_mask.shape, generator=torch.Generator().manual_seed(seed))
    return keys.to(batch.support_mask.device).masked_fill(~batch.support_mask, 2.0).argsort(1)


class MatchingFullContext(Matching):
    """Matching Networks with full-context embeddings.

    Args:
        dimensions: length d of the embeddings.
        reads: K, how often a query's LSTM reads the support set (the paper leaves it open).
        orders: P, how many orders of the support set ``fit`` averages.
    """

    name = "matching-fce"
    title = "Matching Networks (full context)"
    summary = "As Matching Networks, and each example is seen in the light of all the others."

    def __init__(self, dimensions: int, reads: int = 3, orders: int = 4) -> None:
        super().__init__()
        self.orders = orders
        self.context = ContextEmbedding(dimensions, reads)

    @classmethod
    def for_inputs(cls, kind: InputKind, shape: tuple[int, ...]) -> Self:
        """LSTMs as wide as the inputs are long; maps and pixels are flattened."""
        return cls(math.prod(shape))

    @classmethod
    def as_head(cls, dimensions: int) -> Self:
        """The same: it starts with context."""
        return cls(dimensions)

    @torch.no_grad()
    def fit(self, support: Support, unlabelled: Tensor | None = None) -> Classifier:
        """Embeds the set of distinct examples in P seeded orders (appendix A.2)."""
        inputs = support.inputs.detach().float().flatten(1)
        distinct, inverse = (t.to(inputs.device) for t in torch.unique(inputs.cpu(), dim=0, return_inverse=True))
        generator = torch.Generator().manual_seed(0)
        orders = torch.stack([torch.randperm(len(distinct), generator=generator) for _ in range(self.orders)])
        orders = orders.to(inputs.device)  # [P, m]
        contexts = self.context.examples(of_equal_length(distinct)[orders], torch.full((self.orders,), len(distinct)))
        back = orders.argsort(1)[..., None].expand_as(contexts)
        return FullContextClassifier(self, contexts.gather(1, back), inverse, support)

    def episode_loss(self, batch: EpisodeBatch) -> Tensor:
        """Section 2.2, each episode's support set in a random order."""
        embedded = of_equal_length(batch.support.flatten(2))  # [b, n, d]
        order = shuffled_slots(batch)[..., None].expand_as(embedded)
        shuffled = self.context.examples(embedded.gather(1, order), batch.support_mask.sum(1))
        examples = torch.zeros_like(shuffled).scatter(1, order, shuffled)
        queries = self.context.queries(of_equal_length(batch.queries.flatten(2)), examples, batch.support_mask)
        return self._loss(batch, queries, examples)
