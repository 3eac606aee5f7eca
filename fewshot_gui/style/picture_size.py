"""The usual size of a tile's picture."""

USUAL = 144
PICTURE = USUAL
