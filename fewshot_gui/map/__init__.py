"""The map: every image of the folder as a point, alike images side by side."""
