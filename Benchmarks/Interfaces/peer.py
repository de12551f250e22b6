"""mcp-memory-service's own HTTP server over a folder, with Hive's table in the place of its model.

    peer.py FOLDER PORT TEXTS      fills a store with the lines of a file, then serves
"""

import os
import sys
from pathlib import Path

folder, port, texts = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]).read_text(encoding="utf-8").split("\n")
os.environ.update(
    MCP_MEMORY_STORAGE_BACKEND="sqlite_vec", MCP_MEMORY_SQLITE_PATH=f"{folder}/memories.db", MCP_HTTP_ENABLED="true",
    MCP_ALLOW_ANONYMOUS_ACCESS="true", MCP_OAUTH_ENABLED="false", MCP_MDNS_ENABLED="false", MCP_CONSOLIDATION_ENABLED="false",
    MCP_BACKUP_ENABLED="false", MCP_HTTP_AUTO_START="false", MCP_MEMORY_BASE_DIR=folder,
)
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Memory"))

import system_memory_service
import uvicorn

system = system_memory_service.System(folder, {})
system.fill([(place, text, f"t{place % 10}") for place, text in enumerate(texts)])
system.close()

from mcp_memory_service.web.app import app

uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)
