"""Checks of the code itself: which broken versions of it the tests notice, and who imports whom."""
