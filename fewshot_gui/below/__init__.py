"""The room below the gallery: how good the labels are, and a map of the folder."""
