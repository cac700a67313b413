"""Segmentation: the canonical text of an issue → masthead, contents, documents, clauses, tables, furniture."""

from pipeline.segmentation.segment import segment

__all__ = ["segment"]
