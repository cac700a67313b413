"""Tables of a page: ruled all over, ruled in part, and their rows."""
