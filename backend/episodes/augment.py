"""Random affine distortions of whole batches on tensors."""

import math

import torch
from torch import Tensor
from torch.nn import functional as F


def random_affine(
    images: Tensor,
    generator: torch.Generator,
    degrees: float = 12.0,
    translate: float = 0.10,
    scale: float = 0.20,
    shear: float = 12.0,
) -> Tensor:
    """Each image gets its own rotation, shift, anisotropic scaling and shear; float32 [n, c, s, s] → the same shape.

    Koch, Zemel & Salakhutdinov 2015, section 3.3 distorts alike.

    Args:
        degrees: rotation, ± uniform.
        translate: shift as a fraction of the width, ± uniform.
        scale: scaling of each axis, 1 ± uniform.
        shear: degrees, ± uniform.
    """
    n = images.shape[0]
    u = torch.rand(n, 6, generator=generator) * 2 - 1
    angle = u[:, 0] * math.radians(degrees)
    slant = torch.tan(u[:, 1] * math.radians(shear))
    sx, sy = 1 + u[:, 2] * scale, 1 + u[:, 3] * scale
    cos, sin = torch.cos(angle), torch.sin(angle)
    rows = [
        cos * sx,
        (cos * slant - sin) * sy,
        u[:, 4] * 2 * translate,
        sin * sx,
        (sin * slant + cos) * sy,
        u[:, 5] * 2 * translate,
    ]
    theta = torch.stack(rows, 1).view(n, 2, 3)
    grid = F.affine_grid(theta, list(images.shape), align_corners=False).to(images.device)
    return F.grid_sample(images, grid, mode="bilinear", padding_mode="zeros", align_corners=False)
