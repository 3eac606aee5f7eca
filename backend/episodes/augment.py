"""Random affine distortions of whole batches on tensors."""

import math

import torch
from torch import Tensor
from torch.nn import functional as F

COARSE = 5
"""Random displacements along each side of an elastic distortion."""


def random_affine(
    images: Tensor,
    generator: torch.Generator,
    degrees: float = 12.0,
    translate: float = 0.10,
    scale: float = 0.20,
    shear: float = 12.0,
    bend: float = 0.0,
) -> Tensor:
    """Each image gets its own rotation, shift, anisotropic scaling and shear; float32 [n, c, s, s] → the same shape.

    Koch, Zemel & Salakhutdinov 2015, section 3.3 distorts alike.

    Args:
        degrees: rotation, ± uniform.
        translate: shift as a fraction of the width, ± uniform.
        scale: scaling of each axis, 1 ± uniform.
        shear: degrees, ± uniform.
        bend: standard deviation of an elastic distortion's displacements, in half widths.
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
    grid = F.affine_grid(theta, list(images.shape), align_corners=False)
    if bend:
        grid = grid + _bends(n, images.shape[-1], bend, generator)
    return F.grid_sample(images, grid.to(images.device), mode="bilinear", padding_mode="zeros", align_corners=False)


def _bends(n: int, side: int, size: float, generator: torch.Generator) -> Tensor:
    """Smooth random displacements [n, side, side, 2], in half widths: a coarse grid of them, interpolated.

    Simard, Steinkraus & Platt 2003, section 2, with a spline in place of a Gaussian.
    """
    coarse = size * torch.randn(n, 2, COARSE, COARSE, generator=generator)
    # Interpolation is linear and treats both axes alike, so that two small matrix products do it.
    one = torch.eye(COARSE)[None]  # [1, COARSE, COARSE]
    spread = F.interpolate(one[:, None], size=(COARSE, side), mode="bicubic", align_corners=True)[0, 0]
    return torch.einsum("nkij,iy,jx->nyxk", coarse, spread, spread)


def random_pen(images: Tensor, generator: torch.Generator, most: float) -> Tensor:
    """Each image drawn with a thicker or a thinner pen; float32 [n, c, s, s], ink is 1 → the same shape.

    Args:
        most: 1 is a whole pixel more or less all round; each image gets ± uniform of it.
    """
    change = most * (2 * torch.rand(len(images), generator=generator) - 1).to(images.device)
    drawn = torch.empty_like(images)
    for sign in (1, -1):
        chosen = change > 0 if sign > 0 else change <= 0
        ink = images[chosen] * sign
        share = change[chosen].abs()[:, None, None, None]
        drawn[chosen] = torch.lerp(ink, F.max_pool2d(ink, 3, 1, 1), share) * sign
    return drawn
