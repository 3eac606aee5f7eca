"""Default side of a tile's picture, in pixels."""

PICTURE = 144
