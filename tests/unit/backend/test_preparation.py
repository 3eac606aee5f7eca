import numpy as np
from numpy.typing import NDArray

from backend.images.preparation import InputSpec, prepare

INK = InputSpec("ink", 28)


def page(height: int, width: int, ink: int, paper: int) -> NDArray[np.uint8]:
    pixels = np.full((height, width, 3), paper, np.uint8)
    pixels[height // 4 : height // 2, width // 4 : width // 2] = ink
    return pixels


def test_either_polarity_and_any_contrast_give_the_same_ink() -> None:
    black_on_white = prepare(page(56, 56, 0, 255), INK)
    assert black_on_white.shape == (1, 28, 28)
    assert black_on_white.dtype == np.uint8
    for ink, paper in ((255, 0), (90, 130), (200, 140)):
        assert np.abs(prepare(page(56, 56, ink, paper), INK).astype(int) - black_on_white).max() <= 1


def test_background_is_zero_and_ink_is_255() -> None:
    prepared = prepare(page(56, 56, 0, 255), INK)[0]
    assert prepared[10, 10] == 255
    assert prepared[20, 20] == 0


def test_a_wide_image_keeps_its_proportions_on_background() -> None:
    prepared = prepare(page(28, 56, 0, 255), INK)[0]
    assert prepared[:6].max() == 0
    assert prepared[-6:].max() == 0
    assert prepared[12, 10] == 255


def test_an_image_without_contrast_holds_no_ink() -> None:
    noise = np.random.default_rng(0).integers(120, 126, (50, 50, 3), dtype=np.uint8)
    assert prepare(noise, INK).max() == 0


def test_one_pixel_is_enough() -> None:
    assert prepare(np.zeros((1, 1, 3), np.uint8), INK).shape == (1, 28, 28)
