"""Everything between features and predictions runs on the chosen device (``tests/other_device.py`` stands for one)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from backend import jobs
from backend.confidence.none_of_these import fit_coefficients
from backend.embedding.cache import EmbeddingCache
from backend.embedding.device import Device
from backend.episodes.image_set import ImageSet, read_image_set
from backend.evaluation.compare import compare
from backend.evaluation.evaluate import Protocol, evaluate_ready
from backend.evaluation.open_set import open_set
from backend.evaluation.streaming import evaluate_streaming
from backend.images import DecoderPool
from backend.jobs.engine import Engine
from backend.methods import METHODS, EpisodeBatch, InputKind, Method, Support
from backend.methods.adaptation import AdaptingMethod
from backend.models.model import Model
from backend.models.store import load_model
from backend.types import Bins, Job, Labelled, Listing, Prediction
from tests.contracts.test_methods import ALL, SHAPES, batch_of, draw, folder_of, fresh
from tests.glyph_folders import alphabets, drain
from tests.other_device import OTHER, other_device
from tests.photo_folders import photographs
from tests.photo_models import save_photo_model

pytestmark = pytest.mark.slow

CPU = Device(torch.device("cpu"), torch.float32)
ELSEWHERE = Device(OTHER, torch.float32)
ROUNDING = 1e-5
"""An LSTM's steps are other operations there, and round otherwise."""
HEADS = [(name, "vector") for name in METHODS]


def few_steps(method: Method) -> Method:
    """Two steps show what twelve do."""
    return method.with_steps(2) if isinstance(method, AdaptingMethod) else method


def answers(method: Method, support: Support, queries: Tensor, device: torch.device) -> list[Tensor | None]:
    """What a classifier says, and where it says it: log-probabilities and evidence."""
    folder = folder_of(queries, support.way).to(device)
    classifier = few_steps(method).to(device).fit(Support(*(t.to(device) for t in support)), folder)
    said = [classifier.log_probs(queries.to(device)), classifier.evidence(queries.to(device))]
    assert all(t is None or t.device == device for t in said)
    return [None if t is None else t.cpu() for t in said]


def loss_and_gradients(method: Method, batch: EpisodeBatch, device: torch.device) -> list[Tensor]:
    torch.manual_seed(5)
    method = few_steps(method).to(device).train()
    loss = method.episode_loss(batch.to(device))
    if loss.requires_grad:
        torch.autograd.backward([loss])
    return [loss.detach().cpu(), *(p.grad.cpu() for p in method.parameters() if p.grad is not None)]


def made(name: str, kind: InputKind, is_head: bool) -> Method:
    torch.manual_seed(0)
    return METHODS[name].as_head(*SHAPES[kind]).eval() if is_head else fresh(name, kind)


@pytest.mark.parametrize(
    ("name", "kind", "is_head"), [(*case, False) for case in ALL] + [(*case, True) for case in HEADS]
)
def test_a_method_runs_where_its_inputs_lie(name: str, kind: InputKind, is_head: bool) -> None:
    support, queries = draw(kind, [1, 3, 2])
    expected = answers(made(name, kind, is_head), support, queries, CPU.torch_device)
    with other_device() as device:
        found = answers(made(name, kind, is_head), support, queries, device)
    assert [t is None for t in found] == [t is None for t in expected]
    pairs = [(one, other) for one, other in zip(found, expected, strict=True) if one is not None and other is not None]
    assert all(torch.allclose(one, other, atol=ROUNDING) for one, other in pairs)


@pytest.mark.parametrize(
    ("name", "kind", "is_head"), [(*c, h) for c, h in [*((c, False) for c in ALL), *((c, True) for c in HEADS)]
                                  if METHODS[c[0]].trainable]
)  # fmt: skip
def test_a_method_is_trained_where_its_inputs_lie(name: str, kind: InputKind, is_head: bool) -> None:
    batch = batch_of(kind)
    expected = loss_and_gradients(made(name, kind, is_head), batch, CPU.torch_device)
    with other_device() as device:
        found = loss_and_gradients(made(name, kind, is_head), batch, device)
    assert len(found) == len(expected)
    assert all(torch.allclose(one, other, atol=ROUNDING) for one, other in zip(found, expected, strict=True))


def test_the_other_device_is_as_strict_as_a_gpu() -> None:
    with other_device() as device:
        there, here = torch.ones(2, device=device), torch.ones(2)
        with pytest.raises(RuntimeError, match="tensors of two devices"):
            there + here
        with pytest.raises(RuntimeError, match="the generator is the CPU's"):
            torch.rand(2, generator=torch.Generator(), device=device)
        with pytest.raises(TypeError, match="bring it to the CPU"):
            there.numpy()
        assert (there + torch.tensor(1.0)).tolist() == [2, 2] and there[torch.tensor([0])].tolist() == [1]


@pytest.fixture(scope="module")
def pool() -> Iterator[DecoderPool]:
    with DecoderPool(workers=1) as pool:
        yield pool


@pytest.fixture(autouse=True)
def no_leaks(pool: DecoderPool) -> None:
    """The pool's threads outlive the test; what else leaks is for the tests of the pool."""


def opened(pool: DecoderPool, model: str, method: str, device: Device) -> Engine:
    return Engine(load_model(model), method, device, EmbeddingCache(), pool, {})


def labels(engine: Engine, bins: Bins, ids: list[str], **more: Any) -> dict[str, Prediction]:
    found: dict[str, Prediction] = {}
    for step in jobs.relabel(engine, bins, ids, **more):
        found |= step.predictions if isinstance(step, Labelled) else {}
    return found


def everything(engine: Engine, listing: Listing, bins: Bins) -> dict[str, Any]:
    """What all jobs say that read features."""
    files, ids = listing.files, [f.id for f in listing.files]
    drain(jobs.embed(engine, files))
    said: dict[str, Any] = {"similar": labels(engine, {"A": bins["A"]}, ids), "first": labels(engine, bins, ids)}
    said["moved by views"] = drain(jobs.add_views(engine, bins, files))
    said["moved"] = drain(jobs.calibrate(engine, bins, ids))
    rejected = {ids[0]: frozenset({"A"}), ids[1]: frozenset({"A", "B"})}
    said["labels"] = found = labels(engine, bins, ids, rejected=rejected)
    uncertain = {i: 1 - (p.confidence or 0.0) for i, p in found.items()}
    named = {i: p.label for i, p in found.items()}
    asked: dict[str, Job[Any]] = {
        "reason": jobs.explain(engine, bins, ids[2], rejected),
        "rests on": jobs.rests_on(engine, bins, ids[2]),
        "absence": jobs.absence(engine, bins, bins["A"][0], named),
        "doubts": jobs.doubts(engine, bins, rejected),
        "quality": jobs.quality(engine, bins),
        "shots": jobs.shots_curve(engine, bins),
        "ask": jobs.ask_first(engine, uncertain),
        "ask two": jobs.ask_where_methods_differ(engine, bins, named, uncertain),
        "groups": jobs.propose_bins(engine, bins, ids),
        "steps": jobs.all_steps(engine, bins),
        "best": jobs.best_for_bins(engine, bins, files, [engine.model]),
    }
    said |= {name: drain(job) for name, job in asked.items()}
    said["map"] = drain(jobs.feature_map(engine, ids)).points.tolist()
    scores = drain(jobs.compare_methods(engine, bins, files, files))
    said["scores"] = [(s.method, s.right, s.labels, s.problem) for s in scores]
    return said


def test_every_job_runs_on_the_engines_device(pool: DecoderPool, tmp_path: Path) -> None:
    save_photo_model()
    method = "bd-cspn"  # it reads views and the folder; the others of its model come in comparing
    listing = drain(jobs.list_folder(photographs(tmp_path / "photos", 2, 11)))
    ids = [f.id for f in listing.files]
    bins: Bins = {"A": tuple(ids[:3]), "B": tuple(ids[11:13])}
    expected = everything(opened(pool, "tiny-photos", method, CPU), listing, bins)
    with other_device():
        engine = opened(pool, "tiny-photos", method, ELSEWHERE)
        found = everything(engine, listing, bins)
        assert engine.store.features(ids[:1]).device == OTHER
        assert {t.device for t in engine.fitting.method.state_dict().values()} <= {OTHER}
    assert found == expected


@pytest.fixture(scope="module")
def glyphs(tmp_path_factory: pytest.TempPathFactory) -> ImageSet:
    data = alphabets(tmp_path_factory.mktemp("data"), 1, 6, 4)
    return drain(read_image_set(data, load_model("characters").card.input))


def figures(images: ImageSet, model: Model, device: Device) -> dict[str, Any]:
    """Of all that ``fewshot evaluate`` and ``fewshot compare`` measure."""
    protocol = Protocol(3, 1, 2, 2)
    ready = {name: model.ready(name) for name in ("mann", "prototypical")}
    compared = drain(compare(images, model, ["matching", "siamese"], protocol, device, "general"))
    return {
        "accuracy": drain(evaluate_ready(images, ready["prototypical"], protocol, device, keep=True)).decisions,
        "streaming": drain(evaluate_streaming(images, ready["mann"], protocol, device, keep=True)).rows,
        "open set": drain(open_set(images, ready["prototypical"], protocol, device, 0.5)).figures(),
        "compared": [(c.method, c.difference, c.evaluation.accuracies) for c in compared],
    }


def test_evaluation_runs_on_its_device(glyphs: ImageSet) -> None:
    model = load_model("characters")
    expected = figures(glyphs, model, CPU)
    with other_device():
        assert figures(glyphs, model, ELSEWHERE) == expected


def test_views_are_measured_on_the_device(tmp_path: Path) -> None:
    save_photo_model()
    model = load_model("tiny-photos")
    images = drain(read_image_set(photographs(tmp_path / "photos", 3, 4), model.card.input))
    protocol = Protocol(3, 1, 2, 2)
    expected = drain(evaluate_ready(images, model.ready("linear"), protocol, CPU, keep=True))
    with other_device():
        found = drain(evaluate_ready(images, model.ready("linear"), protocol, ELSEWHERE, keep=True))
    assert found.decisions == expected.decisions


def test_coefficients_are_fitted_from_signs_on_any_device() -> None:
    generator = torch.Generator().manual_seed(0)
    signs, known = torch.randn(40, 4, generator=generator), torch.arange(40) % 2 == 0
    with other_device() as device:
        assert fit_coefficients(signs.to(device), known.to(device)) == fit_coefficients(signs, known)
