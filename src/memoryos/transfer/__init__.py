"""Memory in and out of files: readers of the formats that pages come in."""
