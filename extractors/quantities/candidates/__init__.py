"""Numbers with their units and comparators, and what is none."""
