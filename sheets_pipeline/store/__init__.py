"""What is kept: submissions with their answers and remarks, what is settled, the ledger of runs, and the outbox."""
