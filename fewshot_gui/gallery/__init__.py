"""The grid in the middle: model, tiles, thumbnails."""
