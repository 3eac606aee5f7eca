"""MANN against a memory worked out by hand, and what a streaming prediction may know."""

import math

import torch

from backend.methods import Support
from backend.methods.lrua_memory import HEADS, WIDTH, MemoryCell, State, least_used, read_weights, write_weights
from backend.methods.mann import MANN, class_scores, draw_codes, trace

INPUTS = 6


def fresh() -> MANN:
    torch.manual_seed(0)
    return MANN(INPUTS, pixels=False).eval()


def constant_cell(gate: float, strength: float) -> MemoryCell:
    """A cell whose head h always asks for unit vector h, writes 0.5 at place 10 + h, and ignores its inputs."""
    cell = MemoryCell(1)
    torch.nn.init.zeros_(cell.interface.weight)
    bias = torch.zeros(HEADS, 2 * WIDTH + 2)
    for h in range(HEADS):
        bias[h, h] = 20.0  # tanh(20) = 1
        bias[h, WIDTH + 10 + h] = math.atanh(0.5)
    bias[:, -2] = math.log(gate / (1 - gate))
    bias[:, -1] = math.log(math.expm1(strength - 1)) - 3  # the strength is 1 + softplus(x + 3)
    cell.interface.bias.data.copy_(bias.flatten())
    return cell


def test_reading_is_a_softmax_over_cosines() -> None:
    memory = torch.tensor([[[2.0, 0.0], [0.0, 3.0], [0.0, 0.0]]])
    keys = torch.tensor([[[5.0, 0.0], [0.0, -1.0]]])
    found = read_weights(keys, torch.tensor([[math.log(2), math.log(2)]]), memory)
    assert torch.allclose(found, torch.tensor([[[2 / 4, 1 / 4, 1 / 4], [2 / 5, 1 / 5, 2 / 5]]]))


def test_writing_goes_to_what_was_read_and_to_what_is_used_least() -> None:
    least = least_used(torch.tensor([[0.3, 0.1, 0.2, 0.9]]), 2)
    assert least.tolist() == [[0, 1, 1, 0]]
    weights = write_weights(torch.tensor([[0.25]]), torch.tensor([[[0.4, 0.2, 0.0, 0.4]]]), least)
    assert torch.allclose(weights, torch.tensor([[[0.1, 0.8, 0.75, 0.1]]]))


def test_one_step_of_the_memory_is_as_worked_out_by_hand() -> None:
    # Six rows: 4 and 5 are used most. Head h had read row 4 alone. Gates are 1/4, strengths log 3.
    cell, rows = constant_cell(gate=0.25, strength=1 + math.log(3)), 6
    memory = torch.zeros(1, rows, WIDTH)
    memory[0, :4, 7] = 9.0  # rows 0 to 3 are used least: this must be gone before they are written
    memory[0, 4, 0] = 1.0
    usage = torch.tensor([[0.0, 0.1, 0.2, 0.3, 1.0, 2.0]])
    reads = torch.zeros(1, HEADS, rows)
    reads[:, :, 4] = 1.0
    start = cell.start(1, rows)
    with torch.no_grad():
        after = cell(torch.zeros(1, 1), start._replace(memory=memory, usage=usage, reads=reads))

    expected = torch.zeros(rows, WIDTH)
    expected[:4, 10:14] = 0.75 * 0.5  # each head writes (1 − 1/4) · 0.5 to all rows used least …
    expected[4, 0], expected[4, 10:14] = 1.0, 0.25 * 0.5  # … and 1/4 · 0.5 to the row that it had read
    assert torch.allclose(after.memory[0], expected, atol=1e-5)

    # Head 0's key is unit vector 0: row 4 has cosine 1 / √(1 + 4/64), the others 0. Other heads see cosines 0 alone.
    peak = (1 + math.log(3)) / math.sqrt(1 + 4 / 64)
    weight = math.exp(peak) / (math.exp(peak) + 5)
    first = torch.full((rows,), (1 - weight) / 5)
    first[4] = weight
    assert torch.allclose(after.reads[0, 0], first, atol=1e-5)
    assert torch.allclose(after.reads[0, 1], torch.full((rows,), 1 / 6), atol=1e-5)
    written = torch.tensor([3.0, 3.0, 3.0, 3.0, 1.0, 0.0])  # four heads, 3/4 each or 1/4 each
    assert torch.allclose(after.usage[0], 0.95 * usage[0] + written + first + 3 / 6, atol=1e-5)


def test_each_row_knows_the_example_it_was_written_for() -> None:
    cell = constant_cell(gate=1e-6, strength=2.0)
    state: State = cell.start(1, 16)
    origin = torch.zeros(1, 3, 16)
    with torch.no_grad():
        for example in (0, 0, 1, 2):  # a label arrives one step after its image
            state = cell(torch.zeros(1, 1), state)
            trace(origin, state, torch.tensor([example]))
    owners = [row.argmax().item() for row in origin[0].T if row.sum() > 0.5]
    assert sorted(owners) == [0] * 8 + [1] * 4 + [2] * 4


def test_codes_differ_and_a_sure_answer_scores_its_class() -> None:
    codes = draw_codes(3, 50, torch.Generator().manual_seed(0))
    assert codes.shape == (3, 50, 5, 5)
    assert all(len({tuple(c.flatten().tolist()) for c in episode}) == 50 for episode in codes)
    letters = torch.log(0.99 * codes[:, 7] + 0.0025)  # [3, 5, 5]: nearly certain of class 7's letters
    scores = class_scores(letters[:, None], codes)
    assert (scores.argmax(-1) == 7).all()
    assert torch.allclose(scores.exp().sum(-1), torch.ones(3, 1))


def test_a_streamed_element_is_predicted_before_its_label_is_seen() -> None:
    method = fresh()
    inputs, labels = torch.randn(2, 7, INPUTS), torch.tensor([[0, 1, 2, 0, 1, 2, 0], [2, 1, 0, 2, 1, 0, 2]])
    other = labels.clone()
    other[:, 4] = (labels[:, 4] + 1) % 3
    before, after = method.streaming_log_probs(inputs, labels, 3), method.streaming_log_probs(inputs, other, 3)
    assert before.shape == (2, 7, 3)
    assert torch.equal(before[:, :5], after[:, :5])
    assert (before[:, 5:] - after[:, 5:]).abs().max() > 1e-5


def test_a_query_is_the_next_step_of_the_stream() -> None:
    # One class order only and one example: all seeded orders are the same but for their codes.
    method, inputs, query = fresh(), torch.randn(2, INPUTS), torch.randn(1, INPUTS)
    support = Support(inputs, torch.tensor([0, 1]))
    found = method.fit(support).log_probs(query)
    twice = method.fit(support).log_probs(torch.cat([query, torch.randn(3, INPUTS)]))[:1]
    assert torch.allclose(found, twice, atol=1e-6)


def test_with_a_wiped_memory_labels_mean_nothing() -> None:
    method, inputs, queries = fresh().without_adaptation(), torch.randn(4, INPUTS), torch.randn(5, INPUTS)
    one = method.fit(Support(inputs, torch.tensor([0, 1, 0, 1]))).log_probs(queries)
    other = method.fit(Support(inputs.roll(1, 0), torch.tensor([0, 0, 1, 1]))).log_probs(queries)
    assert torch.allclose(one.sort(1).values, other.sort(1).values)  # which class has which code is all that differs
