"""The unsure labels: where the line lies, and which of their images look like a bin of their own."""
