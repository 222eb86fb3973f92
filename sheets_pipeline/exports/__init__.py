"""Files for others to work on: long tables in the shapes that their readers expect."""
