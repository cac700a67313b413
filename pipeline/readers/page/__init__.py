"""Pages of placed characters, from a PDF or from recognition → canonical text: lines, columns, paragraphs, tables."""
