"""Clauses of a document: its lines as typed blocks, paragraphs made whole, the tree of clauses."""
