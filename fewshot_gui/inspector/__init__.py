"""What is known about one image, at the right."""
