"""Camera RAW files, by the extra ``raw``."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from backend.images import DecoderPool, looks_like_image
from backend.types import Decoded, Unreadable
from tests.dng_files import dng_file
from tests.samples import encoded

pytest.importorskip("rawpy")
RED, BLUE = (200, 30, 30), (30, 30, 200)


def preview() -> Image.Image:
    """80 × 60: red at the left, blue at the right."""
    image = Image.new("RGB", (80, 60), RED)
    image.paste(BLUE, (40, 0, 80, 60))
    return image


@pytest.mark.parametrize(("orientation", "turns"), [(1, 0), (3, 2), (6, -1), (8, 1)])
def test_a_raw_photograph_is_its_preview_upright(orientation: int, turns: int, tmp_path: Path) -> None:
    path = tmp_path / "photo.DNG"
    path.write_bytes(dng_file(encoded(preview(), "JPEG", quality=95), (80, 60), orientation))
    with DecoderPool(workers=1) as pool:
        decoded = pool.decode(path, None).result(timeout=30)
    assert isinstance(decoded, Decoded) and looks_like_image(path)
    expected = np.rot90(np.asarray(preview()), turns)
    assert decoded.pixels.shape == expected.shape
    corner = (slice(2, 12), slice(2, 12))
    assert np.abs(decoded.pixels[corner].astype(int) - expected[corner]).max() <= 8


def test_what_is_no_raw_photograph_has_a_reason(tmp_path: Path) -> None:
    whole = dng_file(encoded(preview(), "JPEG"), (80, 60), 1)
    files = {"text.cr2": b"not what the ending says", "cut.NEF": whole[: len(whole) // 2], "none.dng": whole[:8]}
    with DecoderPool(workers=1) as pool:
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
            result = pool.decode(tmp_path / name, 32).result(timeout=30)
            assert isinstance(result, Unreadable) and "preview" in result.reason, name
