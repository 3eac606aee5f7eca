"""A model is trunks, an input specification and methods' weights: one safetensors file with a JSON card beside it."""
