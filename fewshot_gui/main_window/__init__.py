"""The main window: menus, status bar, and the commands that connect the panels."""
