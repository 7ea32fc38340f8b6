"""What Tasuki can do: one file a feature. A feature imports no other feature."""
