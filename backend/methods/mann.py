"""Meta-Learning with Memory-Augmented Neural Networks. Santoro, Bartunov, Botvinick, Wierstra & Lillicrap, ICML 2016.

Images arrive one after the other, each with the label of the image before it (section 2): x_t, y_{t−1}. An LSTM
controller (200 units) writes what it wants to remember into a memory of 128 rows of 40 and reads it again by content
(section 3.1). Least-recently-used access (section 3.2) writes either to the rows just read or to those used least.

A label is a code of five letters a–e (section 4.1's larger setting), drawn anew for every episode, so that nothing but
the memory can tell what it means. Any number of classes has codes; a class's score is the sum of its letters'
log-probabilities.

Departures:
- A head writes a vector of its own instead of its key: a key, written and then read by cosine, would only find itself.
- Cosines are multiplied by NTM's key strength (Graves, Wayne & Danihelka 2014, equation 5): a softmax over 128 bare
  cosines is flat.
- Images are averaged down to 20×20 from 28×28, and vectors are brought to mean 0 and variance 1.
- ``fit`` writes the examples, and every query is the next step from there; its own write is discarded. The memory
  grows with the examples, of which ``MOST`` are written: where there are more, as many of each bin. The order matters
  to the network, so the probabilities of seeded orders of the sorted examples are averaged.
- As a head on a frozen trunk, what the memory says of the classes is added to the nearest mean (``nearest_mean.py``),
  and trained by what both say of the queries, which come last in their sequence, beside the letters.

Training: AdamW 2e-3 with a cosine to 0, gradient norm 10, 32 sequences of 5 classes with 4 instances each a step;
0.08 s of one idle CPU core. The paper trains for 100,000 episodes with 10 instances of each class.
"""

import copy
import math
from typing import ClassVar, Self

import torch
from torch import Tensor
from torch.nn import functional as F

from backend.methods.adaptation import AdaptingMethod, canonical, class_ranks, seeded_permutations, spread
from backend.methods.base import HEAD, Classifier, EpisodeBatch, Fitting, InputKind, Support, class_means
from backend.methods.lrua_memory import CODE, HEADS, LETTERS, SLOTS, MemoryCell, State
from backend.methods.nearest_mean import NearestMeanStart

SIDE = 20
"""Pixels of an image's side (section 4)."""
ORDERS = 8
MOST = 2000
"""Examples that are written; the time grows with the square of their number."""
CHUNK, CHUNK_NUMBERS = 64, 2**24
"""Queries that are answered at a time, and numbers in their memories: each has a memory of its own."""


def draw_codes(sequences: int, way: int, generator: torch.Generator | None = None) -> Tensor:
    """A code for each class, no two alike: one-hot float32 [b, w, 5, 5]."""
    words = torch.rand(sequences, LETTERS**CODE, generator=generator).topk(way, dim=1).indices
    places = LETTERS ** torch.arange(CODE)
    return F.one_hot(words[..., None] // places % LETTERS, LETTERS).float()


def class_scores(letters: Tensor, codes: Tensor) -> Tensor:
    """Log-probability of each class: letters [b, …, 5, 5], codes [b, w, 5, 5] → [b, …, w], normalised."""
    scores = letters.flatten(-2).view(len(letters), -1, CODE * LETTERS) @ codes.flatten(-2).mT
    return F.log_softmax(scores.view(*letters.shape[:-2], -1), dim=-1)


class MANNClassifier(Classifier):
    """The memory after the examples, in P orders.

    Args:
        state: of P sequences, n examples in each.
        label: the code of the last label of each order, [P, 25].
        last: which example that was, one-hot [P, n].
        codes: one-hot [P, w, 5, 5].
        origin: how much of each row stems from each example, [P, n, N].
        slots: int64 [n], the given support slot of each example.
        given: how many support slots there are.
        means: of the classes' inputs, [w, …].
    """

    def __init__(
        self,
        method: "MANN",
        state: State,
        label: Tensor,
        last: Tensor,
        codes: Tensor,
        origin: Tensor,
        slots: Tensor,
        given: int,
        means: Tensor,
    ) -> None:
        self._method, self._state, self._label, self._last = copy.deepcopy(method), state, label, last
        self._codes, self._origin, self._slots, self._given, self._means = codes, origin, slots, given, means
        self._chunk = max(1, min(CHUNK, CHUNK_NUMBERS // state.memory.numel()))

    @torch.no_grad()
    def _step(self, queries: Tensor) -> State:
        """Step n + 1 of P orders for each of a chunk's q queries: a state of P·q sequences."""
        inputs = self._method.features(queries.float())  # [q, i]
        p, q = len(self._label), len(inputs)
        each = self._method.cell.drive(torch.cat([inputs.repeat(p, 1), self._label.repeat_interleave(q, 0)], 1))
        state = State(*(t.repeat_interleave(q, 0) for t in self._state))
        return self._method.cell(each, state)  # type: ignore[no-any-return]

    @torch.no_grad()
    def log_probs(self, queries: Tensor) -> Tensor:
        """[q, …] → [q, w], averaged over the orders."""
        chunks = []
        for chunk in queries.split(self._chunk):
            letters = self._method.cell.letters(self._step(chunk)).unflatten(0, (len(self._label), -1))
            scores = class_scores(letters, self._codes).logsumexp(0)  # [q, w]
            chunks.append(self._method.added(scores[None], self._means[None], chunk[None].float())[0])
        return F.log_softmax(torch.cat(chunks), dim=-1)

    @torch.no_grad()
    def evidence(self, queries: Tensor) -> Tensor:
        """The read weights on the rows that the examples were written to. [q, …] → [q, n]."""
        found = torch.cat([self._found(chunk) for chunk in queries.split(self._chunk)])
        weights = F.normalize(found + 1e-9, p=1, dim=-1)
        return weights.new_zeros(len(weights), self._given).index_copy(1, self._slots, weights)

    def _found(self, queries: Tensor) -> Tensor:
        """What queries [q, …] read of each example, [q, n], summed over the orders. A query's step empties rows and
        writes to some for the last example, as every step did."""
        state = self._step(queries)
        each = (t.unflatten(0, (len(self._label), -1)) for t in (state.reads, state.emptied, state.wrote))
        reads, emptied, wrote = each
        kept = self._origin.sum(1)[:, None] * (1 - emptied)  # [P, q, N]
        shares = reads.mean(2) / (kept + wrote).clamp_min(1e-12)
        before: Tensor = (shares * (1 - emptied)) @ self._origin.mT  # [P, q, n]
        found: Tensor = before + (shares * wrote).sum(-1)[..., None] * self._last[:, None]
        return found.sum(0)


class MANN(AdaptingMethod):
    """MANN on flattened inputs.

    Args:
        inputs: number i of values of one input after ``features``.
        pixels: the inputs are images.
        is_head: scores are added to the nearest mean's.
    """

    name = "mann"
    title = "MANN"
    summary = "Reads the examples one by one into a memory and looks each image up there."
    paper = "Santoro, Bartunov, Botvinick, Wierstra & Lillicrap 2016, arXiv:1605.06065"
    default_input: ClassVar[InputKind] = "pixels"

    def __init__(self, inputs: int, pixels: bool, is_head: bool = False) -> None:
        super().__init__()
        self.start = NearestMeanStart() if is_head else None
        if is_head:
            self.register_buffer(HEAD, torch.ones(()))
        self.inputs, self.pixels = inputs, pixels
        self.cell = MemoryCell(inputs + CODE * LETTERS)

    @classmethod
    def for_inputs(cls, kind: InputKind, shape: tuple[int, ...]) -> Self:
        """Pixels are averaged down to 20×20; maps and vectors are taken as they are, flattened."""
        pixels = kind == "pixels"
        return cls(SIDE * SIDE * shape[0] if pixels else math.prod(shape), pixels)

    @classmethod
    def as_head(cls, dimensions: int) -> Self:
        """Vectors as they are, and the nearest mean."""
        return cls(dimensions, pixels=False, is_head=True)

    def added(self, scores: Tensor, means: Tensor, queries: Tensor) -> Tensor:
        """``scores`` [b, q, w]; of a head, added to the nearest mean's."""
        return scores if self.start is None else self.start(scores, means, queries)

    def features(self, inputs: Tensor) -> Tensor:
        """What the controller sees: [n, …] → [n, i]."""
        if self.pixels:
            return F.adaptive_avg_pool2d(inputs, SIDE).flatten(1)
        return F.layer_norm(inputs.flatten(1), (self.inputs,))

    @torch.no_grad()
    def fit_in_steps(self, support: Support, unlabelled: Tensor | None = None) -> Fitting:
        """Writes the sorted examples into the memory, in P orders side by side."""
        given, way = len(support.labels), support.way
        means = class_means(support.inputs.detach().float().flatten(1)[None], support.labels[None], way)[0]
        support, slots = canonical(support)
        some = spread(support.labels, MOST)
        support, slots = Support(support.inputs[some], support.labels[some]), slots[some]
        n = len(support.labels)
        orders = seeded_permutations(ORDERS, n).to(slots.device)
        codes = draw_codes(ORDERS, support.way, torch.Generator().manual_seed(0)).to(slots.device)
        codes = codes[:, class_ranks(support)]  # [P, w, 5, 5]
        words = _words(codes, support.labels[orders])  # [P, n, 25]
        inputs = self.features(support.inputs)[orders]  # [P, n, i]
        bound = F.one_hot(orders[:, [0, -1]], n).float()  # [P, 2, n]
        state = self.cell.start(ORDERS, max(SLOTS, HEADS * n))
        origin = state.memory.new_zeros(ORDERS, n, state.memory.shape[1])
        if not self.adaptation:
            nothing = torch.zeros_like(words[:, 0])
            return MANNClassifier(self, state, nothing, bound[:, 0], codes, origin, slots, given, means)
        drives = self._drives(inputs, words)
        for t in range(n):
            state = self.cell(drives[:, t], state)
            trace(origin, state, orders[:, max(t - 1, 0)])
            yield
        return MANNClassifier(self, state, words[:, -1], bound[:, -1], codes, origin, slots, given, means)

    def episode_loss(self, batch: EpisodeBatch) -> Tensor:
        """Section 2: support and queries in one random sequence, each predicted before its label is seen."""
        inputs = torch.cat([batch.support, batch.queries], 1)
        labels = torch.cat([batch.support_labels, batch.query_labels], 1)
        filled = torch.cat([batch.support_mask, torch.ones_like(batch.query_labels, dtype=torch.bool)], 1)
        keys = torch.rand(filled.shape).to(filled.device)
        if self.start is not None:
            keys[:, batch.support.shape[1] :] += 1.0  # queries come last
        keys = keys.masked_fill(~filled, 3.0)  # empty slots come after all
        order = keys.argsort(1)
        rows = torch.arange(len(order), device=order.device)[:, None]
        codes = draw_codes(len(order), batch.way).to(inputs.device)
        words = _words(codes, labels[rows, order])  # [b, t, 25]
        letters = self._predict(inputs[rows, order], words)
        losses = -(letters.flatten(2) * words).sum(-1) / CODE  # [b, t]
        loss = losses[filled[rows, order]].mean()
        if self.start is None:
            return loss
        asked = order.argsort(1)[:, batch.support.shape[1] :]  # where each query stands in its sequence
        return loss + self._loss_as_head(batch, class_scores(letters, codes)[rows, asked])

    def _loss_as_head(self, batch: EpisodeBatch, scores: Tensor) -> Tensor:
        """The queries' cross-entropy; ``scores`` [b, q, w] are the memory's."""
        means = class_means(batch.support.float(), batch.support_labels, batch.way, batch.support_mask)
        logits = self.added(scores, means, batch.queries.float())
        return F.cross_entropy(logits.flatten(0, 1), batch.query_labels.flatten())

    def streaming_log_probs(self, inputs: Tensor, labels: Tensor, way: int) -> Tensor:
        """Each element's class before its label is seen, as section 4 measures it.

        Args:
            inputs: sequences [b, t, …].
            labels: int64 [b, t] in 0..way-1.
            way: number of classes.

        Returns:
            Log-probabilities [b, t, way], normalised. The codes are drawn from a fixed seed.
        """
        codes = draw_codes(len(labels), way, torch.Generator().manual_seed(0)).to(inputs.device)
        with torch.no_grad():
            return class_scores(self._predict(inputs.float(), _words(codes, labels)), codes)

    def _predict(self, inputs: Tensor, words: Tensor) -> Tensor:
        """Letters [b, t, 5, 5] for sequences [b, t, …] whose codes [b, t, 25] arrive one step late."""
        b, t = words.shape[:2]
        drives = self._drives(self.features(inputs.flatten(0, 1)).view(b, t, -1), words)
        state, letters = self.cell.start(b, SLOTS), []
        for drive in drives.unbind(1):
            state = self.cell(drive, state)
            letters.append(self.cell.letters(state))
        return torch.stack(letters, 1)

    def _drives(self, inputs: Tensor, words: Tensor) -> Tensor:
        """What drives the controller at each step: x_t [b, t, i] and y_{t−1} out of words [b, t, 25] → [b, t, 800]."""
        late = torch.cat([torch.zeros_like(words[:, :1]), words[:, :-1]], 1)
        drives: Tensor = self.cell.drive(torch.cat([inputs, late], 2))
        return drives


class MANNConv(MANN):
    """MANN behind a convolutional trunk, which is trained with it."""

    name = "mann-conv"
    title = "MANN (convolutional)"
    summary = "As MANN, and a convolutional network looks at the images first."
    default_input = "vector"


def trace(origin: Tensor, state: State, arrived: Tensor) -> None:
    """Notes in ``origin`` [P, n, N] what a step has written, for the example of each order whose label has ``arrived``
    with it, int64 [P]."""
    order, row = state.emptied.nonzero(as_tuple=True)
    origin[order, :, row] = 0
    origin[torch.arange(len(origin), device=origin.device), arrived] += state.wrote


def _words(codes: Tensor, labels: Tensor) -> Tensor:
    """The code of each label: codes [b, w, 5, 5], labels [b, t] → [b, t, 25]."""
    return codes.flatten(2).gather(1, labels[..., None].expand(-1, -1, CODE * LETTERS))
