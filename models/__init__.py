"""What is remembered, and what is known: one file a concept."""
