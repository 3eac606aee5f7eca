"""Import of images that are dropped on the window or pasted."""
