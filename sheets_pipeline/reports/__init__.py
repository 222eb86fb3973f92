"""Reports: one `Document` built once, and writers that draw it."""
