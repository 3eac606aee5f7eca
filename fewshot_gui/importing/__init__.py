"""Images that are dropped on the window or pasted."""
