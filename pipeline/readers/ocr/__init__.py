"""Recognition of scanned pages and pictures (the extra `ocr`)."""
