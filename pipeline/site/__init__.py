"""The audit site: static pages that show every row in the text that it was made from.

``build_site`` is pure: it yields the path and the bytes of every file; the command line writes them.
"""

from pipeline.site.build import build_site

__all__ = ["build_site"]
