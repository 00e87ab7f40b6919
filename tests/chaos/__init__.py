"""`make chaos`: what MemoryOS must survive. `tests/test_chaos.py` runs a short form of each."""
