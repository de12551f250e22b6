"""mcp-memory-service on sqlite-vec in the process that asks; its model is replaced by Hive's table, which is faster than
any endpoint that it could ask."""

import asyncio
import importlib
import importlib.metadata
import logging
import os
import sqlite3
import sys
import threading

from table import Table

if not hasattr(sqlite3.Connection, "enable_load_extension"):
    # This Python was built without what sqlite-vec needs.
    sys.modules["sqlite3"] = importlib.import_module("pysqlite3")

# It wants a model at its start, and would download one: the endpoint that it is told of is never asked.
os.environ.setdefault("MCP_MEMORY_ONNX_ALLOW_DOWNLOAD", "0")
os.environ.setdefault("MCP_SEMANTIC_DEDUP_ENABLED", "false")
os.environ.setdefault("MCP_QUALITY_SYSTEM_ENABLED", "false")
logging.disable(logging.CRITICAL)

from mcp_memory_service.models.memory import Memory
from mcp_memory_service.storage.mixins import embeddings
from mcp_memory_service.storage.sqlite_vec import SqliteVecMemoryStorage
from mcp_memory_service.utils.hashing import generate_content_hash


class System:
    name = "mcp-memory-service"
    version = importlib.metadata.version("mcp-memory-service")
    asks = ["meaning", "hybrid", "filtered"]

    def __init__(self, folder, _):
        table = Table()

        async def use_table(storage):
            storage.embedding_model = table
            storage.embedding_dimension = table.embedding_dimension

        embeddings.EmbeddingsMixin._initialize_embedding_model = use_table
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self.storage = SqliteVecMemoryStorage(f"{folder}/memories.db")
        self.run(self.storage.initialize())

    def run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    @staticmethod
    def memory(place, text, tag):
        return Memory(
            content=text, content_hash=generate_content_hash(text), tags=[tag], metadata={"place": place},
            memory_type="note",
        )

    def store(self, place, text, tag):
        stored, reason = self.run(self.storage.store(self.memory(place, text, tag), skip_semantic_dedup=True))
        if not stored:
            raise SystemExit(f"mcp-memory-service did not store: {reason}")

    def fill(self, notes):
        for start in range(0, len(notes), 500):
            answers = self.run(self.storage.store_batch([self.memory(*note) for note in notes[start : start + 500]]))
            refused = [reason for stored, reason in answers if not stored and "uplicate" not in reason]
            if refused:
                raise SystemExit(f"mcp-memory-service did not store: {refused[0]}")

    def meaning(self, question):
        return self.places(self.run(self.storage.retrieve(question, n_results=10)))

    def hybrid(self, question):
        return self.places(self.run(self.storage.retrieve_hybrid(question, n_results=10)))

    def filtered(self, question, tag):
        return self.places(self.run(self.storage.retrieve(question, n_results=10, tags=[tag])))

    @staticmethod
    def places(results):
        return [result.memory.metadata.get("place") for result in results]

    def close(self):
        self.run(self.storage.close())
