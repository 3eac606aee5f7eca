"""Panel of pretrained models to download."""
