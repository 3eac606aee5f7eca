"""Listing and decoding images, without torch and without Qt.

``list_images`` walks a folder, ``DecoderPool`` decodes in child processes (docs/adr/0002), ``preparation`` makes of a
decoded image what a model takes.
"""

from backend.images.decoding import UnreadableImage, decode_bytes
from backend.images.formats import IMAGE_ENDINGS, looks_like_image
from backend.images.listing import file_of, list_images
from backend.images.pool import DecoderPool

__all__ = [
    "IMAGE_ENDINGS",
    "DecoderPool",
    "UnreadableImage",
    "decode_bytes",
    "file_of",
    "list_images",
    "looks_like_image",
]
