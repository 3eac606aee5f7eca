"""Label propagation against a hand-made graph and the equation it solves."""

import torch
from torch.nn import functional as F

from backend.methods import Support
from backend.methods.label_propagation import ALPHA, Graph, LabelPropagation, edge_weights
from backend.methods.linear import Linear


def test_what_flows_is_the_papers_closed_form() -> None:
    torch.manual_seed(0)
    graph = Graph.of(F.normalize(torch.randn(30, 5), dim=1))
    known = F.one_hot(torch.arange(30) % 3, 3).float() * (torch.arange(30)[:, None] < 3)
    exact = torch.linalg.solve(torch.eye(30) - ALPHA * graph.weights, known)
    assert torch.allclose(graph.flowed(known), exact, atol=0.02)
    assert torch.equal(graph.flowed(known).argmax(1), exact.argmax(1))


def test_the_graph_is_symmetric_without_loops_and_normalised() -> None:
    torch.manual_seed(0)
    weights = Graph.of(F.normalize(torch.randn(40, 4), dim=1)).weights
    assert torch.allclose(weights, weights.T) and not weights.diagonal().any()
    assert torch.linalg.eigvalsh(weights).max() < 1 + 1e-5
    assert float(edge_weights(torch.tensor(1.0))) == 1.0


def chain(length: int) -> torch.Tensor:
    """Points on two arcs that lie side by side: each is near its neighbours along the arc, whatever its end is near."""
    angle = torch.linspace(0, 2.0, length)
    arcs = [torch.stack([angle.cos(), angle.sin(), torch.full_like(angle, height)], 1) for height in (-0.3, 0.3)]
    return torch.cat(arcs)


def test_labels_follow_the_folders_shape_where_distances_mislead() -> None:
    """The examples stand at opposite ends of two arcs: half of each arc is nearer to the other's example."""
    folder = chain(40)
    truth = torch.arange(2).repeat_interleave(40)
    support = Support(torch.stack([folder[0], folder[79]]), torch.tensor([0, 1]))
    method = LabelPropagation.for_inputs("vector", (3,))
    method.is_centred = True
    read = method.fit(support, folder)
    unread = method.fit(support)
    flowed = read.evidence(folder).argmax(1)
    assert float((flowed == truth).float().mean()) == 1.0
    assert float((unread.log_probs(folder).argmax(1) == truth).float().mean()) < 0.9


def test_a_tiny_folder_is_not_read() -> None:
    torch.manual_seed(0)
    support = Support(torch.randn(6, 8), torch.tensor([0, 0, 1, 1, 2, 2]))
    queries = torch.randn(5, 8)
    method = LabelPropagation.for_inputs("vector", (8,))
    assert torch.equal(method.fit(support, queries).log_probs(queries), method.fit(support).log_probs(queries))


def test_without_a_folder_it_is_a_logistic_head() -> None:
    torch.manual_seed(0)
    centres = torch.randn(4, 16)
    labels = torch.arange(4).repeat_interleave(3)
    support = Support(centres[labels] + 0.3 * torch.randn(12, 16), labels)
    queries = centres + 0.3 * torch.randn(4, 16)
    ours, theirs = (m.for_inputs("vector", (16,)).fit(support).log_probs(queries) for m in (LabelPropagation, Linear))
    assert torch.equal(ours.argmax(1), theirs.argmax(1))


def test_unequal_shares_do_not_drown_a_bin() -> None:
    """Of 300 images 3 are of the small bin: all of them keep its label."""
    torch.manual_seed(0)
    centres = F.normalize(torch.randn(2, 32), dim=1)
    truth = torch.tensor([0] * 297 + [1] * 3)
    folder = centres[truth] + 0.12 * torch.randn(300, 32)
    support = Support(centres + 0.12 * torch.randn(2, 32), torch.tensor([0, 1]))
    labels = LabelPropagation.for_inputs("vector", (32,)).fit(support, folder).log_probs(folder).argmax(1)
    assert labels[-3:].tolist() == [1, 1, 1] and float((labels == truth).float().mean()) > 0.98


def test_little_flows_to_what_is_like_no_example() -> None:
    """Three clusters, examples of two: the third is told apart, in a folder of any size, and so are new images."""
    torch.manual_seed(0)
    centres = F.normalize(torch.randn(3, 32), dim=1)
    support = Support(centres[:2] + 0.1 * torch.randn(2, 32), torch.tensor([0, 1]))
    method = LabelPropagation.for_inputs("vector", (32,))
    asked = centres.repeat_interleave(5, 0) + 0.1 * torch.randn(15, 32)
    for size in (10, 200):
        folder = centres.repeat_interleave(size, 0) + 0.1 * torch.randn(3 * size, 32)
        found = method.fit(support, folder).familiarity(asked)
        assert found is not None and found.shape == (15,) and float(found[:10].min()) > float(found[10:].max()) + 1
    assert method.fit(support).familiarity(asked) is None


def test_familiarity_is_the_log_odds_of_what_flows_from_examples_against_chance() -> None:
    torch.manual_seed(0)
    graph = Graph.of(F.normalize(torch.randn(20, 5), dim=1))
    flow = torch.linalg.inv(torch.eye(20) - ALPHA * graph.weights)
    share = flow[:, :4].sum(1) / flow.sum(1)
    expected = share.logit() - torch.tensor(4 / 16).log()
    assert torch.allclose(graph.from_examples(4), expected, atol=0.05)
