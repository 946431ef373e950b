"""Work that outlives a request: ingest, after each answer, after the interview."""
