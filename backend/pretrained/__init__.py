"""Pretrained models: what can be downloaded, and how it is installed."""
