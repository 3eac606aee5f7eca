"""A model for photographs, small enough to be made in a test."""

from pathlib import Path

import torch

from backend import storage
from backend.backbones import build_trunk
from backend.images.preparation import InputSpec
from backend.models.card import Card, MethodCard, TrunkCard
from backend.models.model import with_prefix
from backend.models.store import save_model


def save_photo_model(name: str = "tiny-photos", side: int = 32) -> Path:
    """A user's model with a random trunk of the kind that is trained on photographs."""
    torch.manual_seed(0)
    trunk = build_trunk("resnet12-narrow", 3)
    card = Card(
        name=name,
        title="Tiny photos",
        input=InputSpec("photo", side),
        trunks={"photos": TrunkCard("resnet12-narrow", (320,))},
        methods={"prototypical": MethodCard("photos")},
        default_method="prototypical",
    )
    return save_model(card, with_prefix("trunk/photos/", trunk.state_dict()), storage.user_models())
