"""Labels and predictions on their way to labelling tools and back."""
