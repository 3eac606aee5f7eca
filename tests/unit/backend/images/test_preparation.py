import numpy as np
import pytest
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


def test_a_photograph_keeps_its_colours_and_the_centre_of_its_longer_side() -> None:
    pixels = np.zeros((60, 120, 3), np.uint8)
    pixels[:, :30], pixels[:, 30:90], pixels[:, 90:] = (255, 0, 0), (0, 200, 0), (0, 0, 255)
    for picture in (pixels, pixels.transpose(1, 0, 2).copy()):
        prepared = prepare(picture, InputSpec("photo", 30))
        assert prepared.shape == (3, 30, 30) and prepared.flags.c_contiguous
        inner = prepared[:, 1:-1, 1:-1]
        assert (inner[1] == 200).all() and (inner[[0, 2]] == 0).all()


def test_a_crop_cuts_the_border_off() -> None:
    pixels = np.zeros((100, 100, 3), np.uint8)
    pixels[10:-10, 10:-10] = 255
    assert prepare(pixels, InputSpec("photo", 40)).min() == 0
    assert prepare(pixels, InputSpec("photo", 40, crop=0.75)).min() == 255


@pytest.mark.parametrize("size", [(1, 1), (1, 400), (400, 1), (3, 2)])
def test_a_photograph_of_any_shape_becomes_a_square(size: tuple[int, int]) -> None:
    prepared = prepare(np.full((*size, 3), 77, np.uint8), InputSpec("photo", 32))
    assert prepared.shape == (3, 32, 32) and (prepared == 77).all()


def test_preparations_have_names_of_their_own() -> None:
    specs = [InputSpec("ink", 28), InputSpec("photo", 28), InputSpec("photo", 32), InputSpec("photo", 32, 0.875)]
    assert len({s.name for s in specs}) == 4
    with pytest.raises(ValueError, match="no kind of input"):
        InputSpec("sound", 28)  # type: ignore[arg-type]
