"""Decoding against small fixed oracles, in this process."""

import io
import struct
import warnings
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms

from backend.images import decode_bytes
from backend.types import Pixels
from tests.samples import FORMATS, HEIC, HEIC_TURNED, ORIENTATION, encoded, png_chunk

RED, GREEN, BLUE = (220, 40, 40), (40, 180, 60), (40, 60, 210)
LOSSY = 16
"""Levels that a lossy format may be off inside an area of one colour."""


UPRIGHT: dict[int, Callable[[NDArray[np.uint8]], NDArray[np.uint8]]] = {
    1: lambda stored: stored,
    2: np.fliplr,
    3: lambda stored: np.rot90(stored, 2),
    4: np.flipud,
    5: lambda stored: stored.swapaxes(0, 1),
    6: lambda stored: np.rot90(stored, -1),
    7: lambda stored: np.rot90(stored, 2).swapaxes(0, 1),
    8: np.rot90,
}
"""By EXIF: where the first row and the first column of the stored image belong."""


def corners() -> Image.Image:
    """32 × 16 pixels: red above left, blue below right, green elsewhere."""
    image = Image.new("RGB", (32, 16), GREEN)
    image.paste(RED, (0, 0, 16, 8))
    image.paste(BLUE, (16, 8, 32, 16))
    return image


def decoded(data: bytes, side: int | None = None) -> Pixels:
    return decode_bytes(data, side)[0]


def assert_close(pixels: Pixels, expected: Image.Image, tolerance: int) -> None:
    wanted = np.asarray(expected.convert("RGB")).astype(int)
    assert pixels.shape == wanted.shape
    inner = [slice(3, 6), slice(-6, -3)]
    for rows in inner:
        for columns in inner:
            assert np.abs(pixels[rows, columns].astype(int) - wanted[rows, columns]).max() <= tolerance


def deep(values: list[list[int]], kind: str = "uint16") -> Image.Image:
    return Image.fromarray(np.array(values, dtype=kind))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "TIFF", "WEBP", "AVIF"])
def test_the_orientation_of_exif_is_obeyed(form: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    data = encoded(corners(), form, exif=exif)
    pixels, original = decode_bytes(data, None)
    upright = Image.fromarray(UPRIGHT[orientation](np.asarray(corners())))
    assert_close(pixels, upright, 0 if form in ("PNG", "TIFF") else 2 * LOSSY)
    assert original == (upright.width, upright.height)


def test_heic_is_decoded_and_turned_once() -> None:
    pixels = decoded(HEIC)
    assert pixels.shape == (16, 32, 3)
    assert np.abs(pixels[3, 5].astype(int) - (200, 40, 40)).max() <= LOSSY
    assert np.abs(pixels[-3, 5].astype(int) - (40, 60, 200)).max() <= LOSSY
    turned = decoded(HEIC_TURNED)
    assert turned.shape == (32, 16, 3)
    assert np.abs(turned.astype(int) - np.rot90(pixels, -1)).max() <= LOSSY


@pytest.mark.parametrize("form", ["PNG", "TIFF", "BMP", "GIF", "JPEG", "WEBP", "AVIF"])
def test_every_format_gives_its_picture_back(form: str) -> None:
    lossless = form in ("PNG", "TIFF", "BMP", "GIF")
    pixels = decoded(encoded(corners(), form))
    assert pixels.dtype == np.uint8
    assert pixels.flags.writeable
    assert_close(pixels, corners(), 0 if lossless else 2 * LOSSY)


@pytest.mark.parametrize("name", FORMATS)
def test_every_kind_of_sample_is_readable_and_fits(name: str) -> None:
    pixels = decoded(FORMATS[name][1](corners().resize((96, 48))), 24)
    assert max(pixels.shape[:2]) == 24


def test_an_image_never_grows_and_keeps_its_proportions() -> None:
    data = encoded(corners(), "PNG")
    assert decode_bytes(data, 100)[0].shape == (16, 32, 3)
    assert decode_bytes(data, 8)[0].shape == (4, 8, 3)
    assert decode_bytes(data, 1)[0].shape == (1, 1, 3)
    assert decode_bytes(data, 8)[1] == (32, 16)


def test_scaling_down_keeps_the_colours_of_areas() -> None:
    large = corners().resize((1600, 800), Image.Resampling.NEAREST)
    for form in ("JPEG", "PNG"):
        pixels, original = decode_bytes(encoded(large, form), 40)
        assert pixels.shape == (20, 40, 3)
        assert original == (1600, 800)
        assert np.abs(pixels[4, 8].astype(int) - RED).max() <= LOSSY
        assert np.abs(pixels[16, 34].astype(int) - BLUE).max() <= LOSSY


def test_cmyk_is_ink_whether_adobe_inverted_it_or_not() -> None:
    ink = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    inverted = encoded(ink, "JPEG", quality=95)
    assert b"Adobe" in inverted
    plain = encoded(ink, "TIFF")
    for data in (inverted, plain):
        assert np.abs(decoded(data)[8, 8].astype(int) - (255, 0, 0)).max() <= 4


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_sixteen_bits_of_grey_are_scaled_not_clipped(form: str) -> None:
    data = encoded(deep([[0, 257 * 10, 257 * 128, 65535]]), form)
    assert decoded(data)[0, :, 0].tolist() == [0, 10, 128, 255]


def test_sixteen_bits_of_colour_are_scaled_not_clipped() -> None:
    rows = b"\0" + b"".join((level * 257).to_bytes(2, "big") for level in (200, 100, 50))
    header = (1).to_bytes(4, "big") * 2 + bytes((16, 2, 0, 0, 0))
    data = (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", zlib.compress(rows))
        + png_chunk(b"IEND", b"")
    )
    assert decoded(data)[0, 0].tolist() == [200, 100, 50]


def twelve_bit_tiff(first: int, second: int) -> bytes:
    """Two grey pixels side by side, packed into three bytes."""
    packed = (first << 12 | second).to_bytes(3, "big")
    tags = {256: 2, 257: 1, 258: 12, 259: 1, 262: 1, 273: 8, 277: 1, 278: 1, 279: 3}
    directory = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", t, 4, 1, v) for t, v in tags.items())
    return struct.pack("<2sHI", b"II", 42, 12) + packed + b"\0" + directory + bytes(4)


def test_twelve_bits_reach_white() -> None:
    assert decoded(twelve_bit_tiff(2048, 4095))[0, :, 0].tolist() == [128, 255]


@pytest.mark.parametrize(
    ("values", "levels"),
    [([0.0, 0.5, 1.0], [0, 128, 255]), ([0.0, 500.0, 1000.0], [0, 128, 255]), ([-1.0, 0.0, 1.0], [0, 128, 255])],
)
def test_floating_grey_spans_black_to_white(values: list[float], levels: list[int]) -> None:
    data = encoded(Image.fromarray(np.array([values], np.float32)), "TIFF")
    assert decoded(data)[0, :, 0].tolist() == levels


def test_what_is_no_number_is_black() -> None:
    data = encoded(Image.fromarray(np.array([[np.nan, 0.5, 1.0]], np.float32)), "TIFF")
    assert decoded(data)[0, :, 0].tolist() == [0, 128, 255]


@pytest.mark.parametrize("form", ["PNG", "TIFF", "WEBP"])
def test_transparency_shows_white(form: str) -> None:
    image = Image.new("RGBA", (3, 1), (0, 0, 0, 255))
    image.putpixel((1, 0), (255, 0, 0, 128))
    image.putpixel((2, 0), (0, 0, 0, 0))
    options = {"lossless": True, "exact": True} if form == "WEBP" else {}
    assert decoded(encoded(image, form, **options))[0].tolist() == [[0, 0, 0], [255, 127, 127], [255, 255, 255]]


def palette() -> Image.Image:
    image = Image.new("P", (2, 1))
    image.putpalette([200, 10, 20, 30, 140, 50])
    image.putdata([0, 1])
    return image


@pytest.mark.parametrize("form", ["PNG", "GIF"])
def test_a_palette_gives_its_colours_and_transparency(form: str) -> None:
    assert decoded(encoded(palette(), form))[0].tolist() == [[200, 10, 20], [30, 140, 50]]
    assert decoded(encoded(palette(), form, transparency=1))[0].tolist() == [[200, 10, 20], [255, 255, 255]]


def test_grey_with_transparency_by_value_shows_white() -> None:
    data = encoded(Image.fromarray(np.array([[10, 20]], np.uint8)), "PNG", transparency=20)
    assert decoded(data)[0, :, 0].tolist() == [10, 255]


def test_other_modes_become_rgb() -> None:
    ones = Image.fromarray(np.array([[0, 255]], np.uint8)).convert("1")
    assert decoded(encoded(ones, "PNG"))[0, :, 0].tolist() == [0, 255]
    grey = ImageCms.profileToProfile(
        Image.new("RGB", (8, 8), (118, 118, 118)),
        ImageCms.createProfile("sRGB"),
        ImageCms.createProfile("LAB"),
        outputMode="LAB",
    )
    assert grey is not None
    assert np.abs(decoded(encoded(grey, "TIFF"))[4, 4].astype(int) - 118).max() <= 3


def test_the_first_frame_of_an_animation_counts() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in (RED, BLUE)]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert decoded(data)[4, 4].tolist() == list(RED)


def test_a_profile_that_does_not_fit_is_ignored() -> None:
    of_lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (b"no profile at all", of_lab):
        assert decoded(encoded(corners(), "PNG", icc_profile=profile))[3, 3].tolist() == list(RED)


def test_an_srgb_profile_changes_nothing() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert decoded(encoded(corners(), "PNG", icc_profile=profile))[3, 3].tolist() == list(RED)


def test_warnings_of_pillow_do_not_leak() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        decoded(encoded(Image.new("1", (9500, 9500)), "PNG"), 8)  # large enough for Pillow to warn of a bomb
    assert not caught


def test_a_png_by_another_name_is_what_its_bytes_say() -> None:
    out = io.BytesIO()
    corners().save(out, "PNG")
    assert decoded(out.getvalue())[3, 3].tolist() == list(RED)
