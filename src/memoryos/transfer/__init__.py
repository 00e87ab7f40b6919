"""Memory in and out of files: readers that give pages as a file tells them, checked by the engine."""
