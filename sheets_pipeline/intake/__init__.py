"""What comes in: where files are fetched, which of them are let in, and how originals are kept."""
