"""Widgets and event filters that several panels use."""
