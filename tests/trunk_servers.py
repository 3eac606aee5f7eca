"""Weights of a public trunk, on a server of the test's own."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from types import SimpleNamespace

import pytest
import torch

from backend.backbones.public import torchvision_network
from backend.models import public
from tests.file_server import FileServer, serving

ARCHITECTURE = "mobilenet_v3_large"


def state_dict(seed: int = 0) -> dict[str, torch.Tensor]:
    """Random weights."""
    torch.manual_seed(seed)
    return dict(torchvision_network(ARCHITECTURE).state_dict())


def weights_file() -> bytes:
    """Random weights, as torchvision hands them out."""
    file = BytesIO()
    torch.save(state_dict(), file)
    return file.getvalue()


@contextmanager
def serving_weights(weights: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    """In place of torchvision's own server: the file's name holds its hash, as there."""
    entry = public.torchvision_weights(ARCHITECTURE)
    path = f"/{ARCHITECTURE}-{hashlib.sha256(weights).hexdigest()[:8]}.pth"
    with serving() as state:
        state.files[path] = weights
        ours = SimpleNamespace(url=state.url + path, transforms=entry.transforms, meta=entry.meta)
        monkeypatch.setattr(public, "torchvision_weights", lambda name: ours)
        yield state
