"""Measurements, run by hand: pytest does not collect them, and no test depends on a clock."""
