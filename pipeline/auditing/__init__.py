"""Auditing: which rules there are, why a row is as it is, what a change changed, what no rule explains.

Pure functions over issues and rows; the command line prints what they return.
"""
