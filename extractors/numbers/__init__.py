"""Numerals and units."""
