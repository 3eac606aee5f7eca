"""The gallery: model, view and delegate of the image tiles, and the toolbar above them."""
