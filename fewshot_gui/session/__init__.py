"""The work behind one window: folder, bins, workspace and background jobs. No widgets."""
