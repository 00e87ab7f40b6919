"""MemoryOS: an operating system for the memory of AI agents."""
