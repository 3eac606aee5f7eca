"""Reads camera RAW files by their embedded preview (rawpy, the extra ``raw``)."""

import io

import rawpy
from PIL import Image

from backend.images.decoding import UnreadableImage


def embedded_preview(data: bytes) -> bytes:
    """The preview that the camera put into a RAW file, as an image file's bytes.

    Raises:
        UnreadableImage: the file is damaged or holds no preview.
    """
    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            thumbnail = raw.extract_thumb()
    except rawpy.LibRawError as error:
        raise UnreadableImage("The RAW file holds no preview that can be read ({0}).", error) from error
    if isinstance(thumbnail.data, bytes):
        return thumbnail.data
    out = io.BytesIO()
    Image.fromarray(thumbnail.data).save(out, "BMP")
    return out.getvalue()
