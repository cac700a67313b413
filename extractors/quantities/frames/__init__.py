"""What a number says: sentence or cell → frame → filled frame → subject, metric, transformation, direction."""
