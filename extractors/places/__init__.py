"""Where and whose: administrative divisions with their codes, and the place that an organ's name says."""
