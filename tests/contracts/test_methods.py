"""What every method promises (docs/design/methods.md), on the inputs it was made for and on plain vectors."""

import itertools
from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn

from backend.methods import METHODS, Classifier, EpisodeBatch, InputKind, Method, Support
from backend.methods.adaptation import AdaptingMethod

SHAPES: dict[InputKind, tuple[int, ...]] = {"pixels": (1, 28, 28), "map": (8, 7, 7), "vector": (16,)}
NOISE = 0.3
QUERIES = 4

POOLING_METHODS = {
    "siamese",
    "matching",
    "matching-fce",
    "relation",
    "prototypical",
    "simpleshot",
    "linear",
}
ALL = sorted({(name, kind) for name, method in METHODS.items() for kind in (method.default_input, "vector")})
INDUCTIVE = [case for case in ALL if not METHODS[case[0]].transductive]
TRAINABLE = [case for case in ALL if METHODS[case[0]].trainable]
ADAPTING = [case for case in ALL if METHODS[case[0]].adapts]
READING = [case for case in ALL if METHODS[case[0]].transductive and not METHODS[case[0]].trainable]
VIEWING = [case for case in ALL if METHODS[case[0]].reads_views]
POOLING = [case for case in ALL if case[0] in POOLING_METHODS]

every_method = pytest.mark.parametrize(("name", "kind"), ALL)
every_inductive_method = pytest.mark.parametrize(("name", "kind"), INDUCTIVE)


def fresh(name: str, kind: InputKind) -> Method:
    torch.manual_seed(0)
    return METHODS[name].for_inputs(kind, SHAPES[kind]).eval()


def draw(kind: InputKind, sizes: list[int], seed: int = 0) -> tuple[Support, Tensor]:
    """A support set with ``sizes`` examples in each class, and queries of its first classes; all 0 or more."""
    generator = torch.Generator().manual_seed(seed)
    shape = SHAPES[kind]
    centres = torch.rand(len(sizes), *shape, generator=generator)
    labels = torch.cat([torch.full((size,), label) for label, size in enumerate(sizes)])
    labels = labels[torch.randperm(len(labels), generator=generator)]
    inputs = centres[labels] + NOISE * torch.rand(len(labels), *shape, generator=generator)
    targets = torch.arange(QUERIES) % len(sizes)
    return Support(inputs, labels), centres[targets] + NOISE * torch.rand(QUERIES, *shape, generator=generator)


def fit(method: Method, support: Support, queries: Tensor) -> Classifier:
    """With the queries, twelve times over, as the folder: enough of them that no transductive method looks away."""
    return method.fit(support, folder_of(queries, support.way) if method.transductive else None)


def folder_of(queries: Tensor, way: int) -> Tensor:
    generator = torch.Generator().manual_seed(9)
    copies = queries.repeat(3 * way, *[1] * (queries.ndim - 1))  # four queries: twelve images for each class
    return copies + 0.1 * NOISE * torch.rand(copies.shape, generator=generator) * queries.abs().max()


def batch_of(kind: InputKind, way: int = 3, shot: int = 2, episodes: int = 2, seed: int = 0) -> EpisodeBatch:
    """Stacked episodes of a toy task whose classes are far apart."""
    generator = torch.Generator().manual_seed(seed)
    centres = torch.rand(episodes, way, *SHAPES[kind], generator=generator)
    labels = torch.arange(way).repeat(shot).expand(episodes, -1)
    drawn = centres[:, labels[0]]
    support, queries = (drawn + NOISE * torch.rand(drawn.shape, generator=generator) for _ in range(2))
    return EpisodeBatch(
        support=support,
        support_labels=labels,
        support_mask=torch.ones(labels.shape, dtype=torch.bool),
        queries=queries,
        query_labels=labels,
        class_ids=torch.arange(episodes * way).view(episodes, way),
        group_ids=torch.zeros(episodes, way, dtype=torch.long),
    )


def assert_log_probs(log_probs: Tensor, way: int) -> None:
    assert log_probs.shape == (QUERIES, way)
    assert log_probs.dtype == torch.float32
    assert torch.isfinite(log_probs).all()
    assert torch.allclose(log_probs.exp().sum(1), torch.ones(QUERIES), atol=1e-4)


def test_the_names_agree() -> None:
    assert all(method.name == name for name, method in METHODS.items())
    assert all(method.title and method.summary and method.paper for method in METHODS.values())


@pytest.mark.parametrize("sizes", [[1, 3], [2, 1, 4, 1, 3], [1] * 49 + [2]], ids=["2 bins", "5 bins", "50 bins"])
@every_method
def test_any_bins_and_unequal_shots(name: str, kind: InputKind, sizes: list[int]) -> None:
    support, queries = draw(kind, sizes)
    assert_log_probs(fit(fresh(name, kind), support, queries).log_probs(queries), len(sizes))


@pytest.mark.parametrize("scale", [0.0, 50.0], ids=["blank inputs", "large inputs"])
@every_method
def test_extreme_inputs_keep_the_rows_finite(name: str, kind: InputKind, scale: float) -> None:
    support, queries = draw(kind, [2, 1, 1])
    classifier = fit(fresh(name, kind), Support(scale * support.inputs, support.labels), scale * queries)
    assert_log_probs(classifier.log_probs(scale * queries), 3)


@every_method
def test_queries_may_be_asked_in_chunks(name: str, kind: InputKind) -> None:
    support, queries = draw(kind, [1, 3, 2])
    classifier = fit(fresh(name, kind), support, queries)
    whole = classifier.log_probs(queries)
    chunks = [classifier.log_probs(chunk) for chunk in (queries[:1], queries[1:2], queries[2:])]
    assert torch.allclose(torch.cat(chunks), whole, atol=1e-4)


@every_inductive_method
def test_no_query_sees_another(name: str, kind: InputKind) -> None:
    support, queries = draw(kind, [1, 3, 2])
    others = torch.cat([queries[:1], 1 - queries[1:]])
    method = fresh(name, kind)
    one, other = method.fit(support, queries), method.fit(support, others)
    assert torch.allclose(one.log_probs(queries)[:1], other.log_probs(others)[:1], atol=1e-4)


@pytest.mark.parametrize(("name", "kind"), READING)
def test_what_was_fitted_to_a_folder_is_pure_and_does_not_depend_on_chunks(name: str, kind: InputKind) -> None:
    support, queries = draw(kind, [1, 3, 2])
    folder = folder_of(queries, 3)
    method = fresh(name, kind)
    classifier = method.fit(support, folder)
    whole = classifier.log_probs(queries)
    chunks = [classifier.log_probs(chunk) for chunk in (queries[:1], queries[1:2], queries[2:])]
    assert torch.allclose(torch.cat(chunks), whole, atol=1e-4)
    assert not torch.allclose(method.fit(support).log_probs(queries), whole, atol=1e-3)  # the folder was read
    shuffled = folder[torch.randperm(len(folder), generator=torch.Generator().manual_seed(1))]
    assert torch.allclose(method.fit(support, shuffled).log_probs(queries), whole, atol=1e-3)


@every_method
def test_predictions_are_repeatable(name: str, kind: InputKind) -> None:
    support, queries = draw(kind, [1, 3, 2])
    method = fresh(name, kind)
    classifier = fit(method, support, queries)
    first = classifier.log_probs(queries)
    assert torch.equal(classifier.log_probs(queries), first)
    torch.manual_seed(7)  # whatever is drawn at random is drawn from the support set's own seed
    assert torch.equal(fit(method, support, queries).log_probs(queries), first)


@every_method
def test_evidence_is_a_distribution_over_examples(name: str, kind: InputKind) -> None:
    support, queries = draw(kind, [1, 3, 2])
    evidence = fit(fresh(name, kind), support, queries).evidence(queries)
    if evidence is None:
        pytest.skip("the method defines none")
    assert evidence.shape == (QUERIES, 6)
    assert (evidence >= 0).all()
    assert torch.allclose(evidence.sum(1), torch.ones(QUERIES), atol=1e-4)


@pytest.mark.parametrize(("name", "kind"), VIEWING)
def test_the_examples_of_a_class_weigh_together_what_the_class_does(name: str, kind: InputKind) -> None:
    """So that what is said to have decided never contradicts the label: of means that the folder has moved, too."""
    support, queries = draw(kind, [1, 3, 2])
    classifier = fit(fresh(name, kind), support, queries)
    evidence = classifier.evidence(queries)
    assert evidence is not None
    by_class = evidence @ torch.nn.functional.one_hot(support.labels).float()
    assert torch.allclose(by_class, classifier.log_probs(queries).exp(), atol=1e-4)


@pytest.mark.parametrize(("name", "kind"), VIEWING)
def test_an_example_may_carry_views(name: str, kind: InputKind) -> None:
    support, queries = draw(kind, [1, 3, 2])
    method = fresh(name, kind)
    plain = fit(method, support, queries)
    repeated = Support(support.inputs[:, None].repeat(1, 3, 1), support.labels)
    viewed = fit(method, repeated, queries)
    assert torch.allclose(viewed.log_probs(queries), plain.log_probs(queries), atol=1e-4)
    evidence = viewed.evidence(queries)
    assert evidence is not None and evidence.shape == (QUERIES, 6)  # by example, not by view
    generator = torch.Generator().manual_seed(3)
    other = Support(repeated.inputs + torch.randn(repeated.inputs.shape, generator=generator), support.labels)
    assert_log_probs(fit(method, other, queries).log_probs(queries), 3)
    assert (fit(method, other, queries).log_probs(queries) - plain.log_probs(queries)).abs().max() > 1e-3


@every_method
def test_the_order_of_examples_does_not_matter(name: str, kind: InputKind) -> None:
    support, queries = draw(kind, [1, 3, 2])
    method, order = fresh(name, kind), torch.tensor([4, 2, 0, 5, 1, 3])
    shuffled = Support(support.inputs[order], support.labels[order])
    one, other = fit(method, support, queries), fit(method, shuffled, queries)
    assert torch.allclose(other.log_probs(queries), one.log_probs(queries), atol=1e-3)
    evidence, moved = one.evidence(queries), other.evidence(queries)
    if evidence is not None and moved is not None:
        assert torch.allclose(moved, evidence[:, order], atol=1e-3)


@every_method
def test_permuting_bins_permutes_log_probs(name: str, kind: InputKind) -> None:
    support, queries = draw(kind, [1, 3, 2])
    method, slots = fresh(name, kind), torch.tensor([2, 0, 1])
    renamed = Support(support.inputs, slots[support.labels])
    expected = fit(method, support, queries).log_probs(queries)
    assert torch.allclose(fit(method, renamed, queries).log_probs(queries)[:, slots], expected, atol=1e-3)


@pytest.mark.parametrize(("name", "kind"), POOLING)
def test_a_large_bin_does_not_swallow_a_small_one(name: str, kind: InputKind) -> None:
    support, queries = draw(kind, [1, 3, 2])
    copies = 1 + 9 * (support.labels == 1)
    repeated = Support(support.inputs.repeat_interleave(copies, 0), support.labels.repeat_interleave(copies))
    method = fresh(name, kind)
    expected = fit(method, support, queries).log_probs(queries)
    assert torch.allclose(fit(method, repeated, queries).log_probs(queries), expected, atol=1e-3)


@every_method
def test_prediction_changes_nothing_in_the_method_and_carries_no_graph(name: str, kind: InputKind) -> None:
    support, queries = draw(kind, [1, 3, 2])
    method = fresh(name, kind)
    before = {key: value.clone() for key, value in method.state_dict().items()}
    classifier = fit(method, support, queries)
    log_probs = classifier.log_probs(queries)
    classifier.evidence(queries)
    assert not log_probs.requires_grad
    after = method.state_dict()
    assert before.keys() == after.keys()
    assert all(torch.equal(after[key], value) for key, value in before.items())
    assert all(parameter.grad is None for parameter in method.parameters())


@pytest.mark.parametrize(("name", "kind"), ADAPTING)
def test_adapting_methods_learn_from_the_labels(name: str, kind: InputKind) -> None:
    # The same images under other labels: a network that did not change would answer the same.
    support, queries = draw(kind, [2, 2, 2])
    method = fresh(name, kind)
    one = fit(method, support, queries).log_probs(queries)
    other = fit(method, Support(support.inputs, support.labels.roll(1)), queries).log_probs(queries)
    assert (one - other).abs().max() > 1e-3


@pytest.mark.slow
@pytest.mark.parametrize(("name", "kind"), ADAPTING)
def test_without_adaptation_a_method_guesses(name: str, kind: InputKind) -> None:
    method = fresh(name, kind)
    assert isinstance(method, AdaptingMethod)
    off, way, right = method.without_adaptation(), 4, []
    for seed in range(25):
        support, queries = draw(kind, [1] * way, seed)  # one query of each class
        right.append(fit(off, support, queries).log_probs(queries).argmax(1) == torch.arange(way))
    assert abs(torch.cat(right).float().mean().item() - 1 / way) < 0.1
    assert method.adaptation


@pytest.mark.slow
@pytest.mark.parametrize(("name", "kind"), ADAPTING)
def test_steps_lead_from_a_guess_to_what_the_method_does(name: str, kind: InputKind) -> None:
    method = fresh(name, kind)
    assert isinstance(method, AdaptingMethod)
    support, queries = draw(kind, [2, 1, 3])
    every = method.all_steps(support)
    answers = [fit(method.with_steps(n), support, queries).log_probs(queries) for n in range(every + 1)]
    whole = fit(method, support, queries).log_probs(queries)
    assert torch.equal(answers[0], fit(method.without_adaptation(), support, queries).log_probs(queries))
    for steps in (every, every + 1, None):
        assert torch.equal(fit(method.with_steps(steps), support, queries).log_probs(queries), whole)
    assert torch.equal(answers[-1], whole)
    assert all(not torch.equal(a, b) for a, b in itertools.pairwise(answers))
    assert method.steps is None and method.adaptation


@every_method
def test_callers_may_switch_gradients_off(name: str, kind: InputKind) -> None:
    support, queries = draw(kind, [1, 3, 2])
    method = fresh(name, kind)
    expected = fit(method, support, queries).log_probs(queries)
    with torch.no_grad():
        found = fit(method, support, queries).log_probs(queries)
    assert torch.allclose(found, expected, atol=1e-5)


@every_method
def test_weights_survive_a_file_of_half_precision(name: str, kind: InputKind) -> None:
    support, queries = draw(kind, [1, 3, 2])
    saved = {
        key: value.half() if value.is_floating_point() else value
        for key, value in fresh(name, kind).state_dict().items()
    }
    torch.manual_seed(1)
    predictions = []
    for method in (fresh(name, kind), METHODS[name].for_inputs(kind, SHAPES[kind]).eval()):
        method.load_state_dict(saved)
        predictions.append(fit(method, support, queries).log_probs(queries))
    assert_log_probs(predictions[0], 3)
    assert torch.equal(predictions[0], predictions[1])


@pytest.mark.parametrize(("name", "kind"), TRAINABLE)
def test_empty_support_slots_do_not_count(name: str, kind: InputKind) -> None:
    batch = batch_of(kind)
    mask = batch.support_mask.clone()
    mask[1, -1] = False
    losses = []
    for garbage in (0.0, 1.0):
        support = batch.support.clone()
        support[1, -1] = garbage
        torch.manual_seed(0)
        losses.append(fresh(name, kind).train().episode_loss(replace(batch, support=support, support_mask=mask)).item())
    assert losses[0] == pytest.approx(losses[1], abs=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "kind"), TRAINABLE)
def test_loss_falls_on_a_toy_task(name: str, kind: InputKind) -> None:
    method = fresh(name, kind).train()
    # Where the method has a trunk of its own, the gradient must reach it through the method.
    joint = kind == METHODS[name].default_input and kind != "pixels"
    trunk = nn.Linear(SHAPES[kind][-1], SHAPES[kind][-1]) if joint else nn.Identity()
    optimizer = torch.optim.Adam(itertools.chain(method.parameters(), trunk.parameters()), lr=1e-2)
    # One shot and one episode: a second-order step on pixels takes its time.
    batch, losses = batch_of(kind, shot=1, episodes=1), []
    for _ in range(25):
        torch.manual_seed(0)  # MANN's label codes are drawn at each step: here always the same ones
        loss = method.episode_loss(replace(batch, support=trunk(batch.support), queries=trunk(batch.queries)))
        optimizer.zero_grad()
        torch.autograd.backward([loss])
        optimizer.step()
        losses.append(loss.item())
    assert sum(losses[-5:]) < 0.9 * sum(losses[:5])
