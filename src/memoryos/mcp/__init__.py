"""The MCP server: translates requests of MCP clients in, calls the engine, translates out."""
