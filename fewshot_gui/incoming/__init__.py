"""Images that come from elsewhere: dropped from the file manager or a browser, or pasted."""
