"""From the command line to the window on the screen."""
