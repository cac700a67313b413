"""Times that a text names, as periods."""
