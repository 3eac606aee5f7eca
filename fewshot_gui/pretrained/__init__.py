"""Pretrained models to download."""
