"""Key figures from Kolada: fetched when somebody asks for them, kept in dated files, read from files by all others."""
