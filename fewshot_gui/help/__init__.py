"""Help: the tour, the methods, about the program."""
