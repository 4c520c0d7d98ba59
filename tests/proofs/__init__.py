"""Long proofs, run by `./run prove`."""
