"""Form-driven surveys and reports on a spreadsheet backbone."""

__version__ = "0.1.0"
