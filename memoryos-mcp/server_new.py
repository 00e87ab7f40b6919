"""The MCP server over stdio, by the settings in config.json: `memoryos mcp` under its first name.

    python server_new.py --config config.json

Without --config it reads the config.json beside this file.
"""

from __future__ import annotations

import sys
from pathlib import Path

try:
    from memoryos.cli import main
except ModuleNotFoundError as error:
    sys.exit(f"{error}: run pip install -r requirements.txt in {Path(__file__).parent}")

if __name__ == "__main__":
    # What is said after a command's name goes before what is said ahead of it.
    sys.argv[1:1] = ["--config", str(Path(__file__).with_name("config.json")), "mcp"]
    main()
