"""Why a label is what it is, and how accurate labels are: influence, leave-one-out, learning curve."""
