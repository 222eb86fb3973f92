"""From answers to what may be said about them: shifts, comparisons, tests, measures and their suppression."""
