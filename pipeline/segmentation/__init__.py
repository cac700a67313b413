"""Segmentation: the canonical text of an issue → masthead, contents, documents, clauses, tables, furniture."""

from pipeline.segmentation.segment import document_at, segment

__all__ = ["document_at", "segment"]
