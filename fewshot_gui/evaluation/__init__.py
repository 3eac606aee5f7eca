"""How accurate the labels are: leave-one-out, confusion matrix, calibration, learning curve."""
