"""On a real GPU: labels are the CPU's, half precision changes few, and the window may change the device."""

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from backend import jobs
from backend.backbones import build_trunk
from backend.embedding.device import Device
from backend.embedding.embedder import Embedder
from backend.images import DecoderPool
from backend.images.preparation import InputSpec
from backend.jobs.engine import Engine
from backend.methods import METHODS, InputKind, Support
from backend.types import Bins, ImageId, Labelled, Listing
from tests.contracts.test_methods import ALL, SHAPES, batch_of, draw, folder_of, fresh
from tests.glyph_folders import alphabets, drain

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
CUDA, CPU = torch.device("cuda"), torch.device("cpu")
CLOSE = 5e-3
"""Of log-probabilities: both devices compute in float32, in another order."""


@pytest.mark.parametrize(
    ("name", "kind", "is_head"), [(*c, False) for c in ALL] + [(n, "vector", True) for n in METHODS]
)
def test_a_method_says_the_same(name: str, kind: InputKind, is_head: bool) -> None:
    support, queries = draw(kind, [3, 5, 4])
    said = []
    for device in (CPU, CUDA):
        torch.manual_seed(0)
        method = METHODS[name].as_head(*SHAPES[kind]).eval() if is_head else fresh(name, kind)
        method = method.to(device)
        folder = folder_of(queries, 3).to(device)
        classifier = method.fit(Support(*(t.to(device) for t in support)), folder)
        log_probs, evidence = classifier.log_probs(queries.to(device)), classifier.evidence(queries.to(device))
        assert log_probs.device.type == device.type and (evidence is None or evidence.device.type == device.type)
        said.append(log_probs.cpu())
    assert torch.allclose(said[0], said[1], atol=CLOSE)
    assert torch.equal(said[0].argmax(1), said[1].argmax(1))


@pytest.mark.parametrize("name", [name for name, method in METHODS.items() if method.trainable])
def test_a_method_is_trained(name: str) -> None:
    losses = []
    for device in (CPU, CUDA):
        torch.manual_seed(0)
        method = METHODS[name].as_head(*SHAPES["vector"]).to(device).train()
        torch.manual_seed(1)
        losses.append(float(method.episode_loss(batch_of("vector").to(device)).detach()))
    assert losses[0] == pytest.approx(losses[1], abs=CLOSE) and math.isfinite(losses[0])


def test_half_precision_keeps_the_features_of_a_trunk() -> None:
    torch.manual_seed(0)
    spec = InputSpec("photo", 224, whole=True)
    images = torch.randint(0, 256, (8, *spec.shape), dtype=torch.uint8)
    trunk = build_trunk("efficientnet-lite0", 3)
    exact = Embedder(trunk, "t", spec, Device(CUDA, torch.float32)).embed_tensor(images).float()
    half = Embedder(trunk, "t", spec, Device(CUDA, torch.float16)).embed_tensor(images).float()
    assert torch.cosine_similarity(exact, half).min() > 0.999


@pytest.fixture
def engine() -> Iterator[Engine]:
    with DecoderPool(workers=1) as pool:
        engine = drain(jobs.open_engine(pool, "characters", "maml", "cpu"))
        yield engine
        drain(jobs.close_engine(engine))


def labels(engine: Engine, listing: Listing, bins: Bins) -> dict[ImageId, str]:
    drain(jobs.embed(engine, listing.files))
    drain(jobs.calibrate(engine, bins))
    found: dict[ImageId, str] = {}
    for step in jobs.relabel(engine, bins, [f.id for f in listing.files]):
        found |= {i: p.label for i, p in step.predictions.items()} if isinstance(step, Labelled) else {}
    return found


@pytest.mark.parametrize("method", ["maml", "mann", "metanet", "lstm-meta-learner", "relation", "matching-fce"])
def test_the_device_is_changed_at_work(engine: Engine, method: str, tmp_path: Path) -> None:
    listing = drain(jobs.list_folder(alphabets(tmp_path / "data", 1, 2, 6)))
    ids = [f.id for f in listing.files]
    bins: Bins = {"A": tuple(ids[:2]), "B": tuple(ids[6:8])}
    engine = drain(jobs.change(engine, method=method))
    before = labels(engine, listing, bins)
    moved = drain(jobs.change(engine, device="cuda"))
    assert moved.device == "cuda"
    assert {t.device.type for t in moved.fitting.method.state_dict().values()} == {"cuda"}
    assert labels(moved, listing, bins) == before
    assert moved.store.features(ids[:1]).device.type == "cuda"
    assert labels(drain(jobs.change(moved, device="cpu")), listing, bins) == before
