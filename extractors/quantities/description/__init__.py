"""What a quantity says: its kind, deadline, stretch, ties."""
