"""`python -m memoryos` is the command `memoryos`."""

from memoryos.cli import main

main()
