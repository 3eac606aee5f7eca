"""The open folder: its images, and the jobs that list, embed and label them."""
