"""Programs that measure the product: rehearsals, benchmarks."""
