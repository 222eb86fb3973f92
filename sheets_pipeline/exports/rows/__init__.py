"""What stands in the rows of an export: one module a sheet, each a generator of rows by English column id."""
