"""Few-shot tasks: labelled image sets, episode sampling, augmentation, and a generator of unseen characters."""
