"""Developers' commands, each run as ``python -m backend.maintenance.NAME``."""
