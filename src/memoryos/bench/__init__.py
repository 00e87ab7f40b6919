"""The numbers MemoryOS stands by, each from one command: recall on LoCoMo, and scale."""
