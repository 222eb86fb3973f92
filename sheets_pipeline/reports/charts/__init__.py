"""Charts: each figure of a document becomes a scene of plain marks, and one macro file draws scenes as SVG."""
