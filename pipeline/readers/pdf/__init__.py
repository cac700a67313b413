"""PDF files: their pages' content, from the text layer or by recognition."""
