"""*How good is it*: leave-one-out, confusions, confidences, and what more examples would buy."""
