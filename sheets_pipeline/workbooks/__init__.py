"""Layout ⇄ spreadsheets: writing workbooks and feedback, reading what comes back."""
