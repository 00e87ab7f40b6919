"""The numbers MemoryOS stands by, each from one command, in reports of one form."""
