"""Embedding networks (trunks). Each maps float32 images [n, c, h, w] to what a method takes: a vector or a map."""
