"""More models: networks that others have trained, fetched when the person asks."""
