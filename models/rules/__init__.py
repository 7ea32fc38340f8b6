"""What is known: numbers in, numbers out, with nothing but the standard library."""
