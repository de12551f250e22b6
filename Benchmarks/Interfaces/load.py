"""What is asked of each server, as lines for requests.lua, and wrk's answer to it."""

import json
import subprocess
import tempfile
import urllib.parse
from pathlib import Path

REQUESTS = Path(__file__).resolve().parent / "requests.lua"


def line(method, path, body=None, headers=()):
    text = "-" if body is None else json.dumps(body)
    parts = [method, path, text, *(f"{name}: {value}" for name, value in headers)]
    return "\t".join(part.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n") for part in parts)


def tool(name, arguments):
    return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}


def wrk(address, lines, seconds, connections=64):
    """Rate a second, latencies in milliseconds, and how many requests failed or were refused."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
        file.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", REQUESTS, address, "--", file.name]
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(said.splitlines()[-1])


def hive(questions, texts, token):
    headers = [("Authorization", f"Bearer {token}"), ("Content-Type", "application/json")]
    rpc = headers + [("Accept", "application/json, text/event-stream"), ("MCP-Protocol-Version", "2025-11-25")]
    decision = lambda command: {"event": "tool.pre", "tool": "Bash", "command": command}
    return {
        "search over REST": ("api", [
            line("GET", "/api/v1/memories?" + urllib.parse.urlencode({"q": q, "limit": 10}), None, headers) for q in questions]),
        "decision over REST": ("api", [
            line("POST", "/api/v1/decisions", decision(f"git push origin topic-{number}"), headers) for number in range(100)]),
        "search_memories over MCP": ("mcp", [
            line("POST", "/mcp", tool("search_memories", {"query": q, "limit": 10}), rpc) for q in questions]),
        "evaluate_rules over MCP": ("mcp", [
            line("POST", "/mcp", tool("evaluate_rules", {"input": decision(f"git push origin topic-{number}")}), rpc)
            for number in range(100)]),
        "store_memory over MCP": ("mcp", [
            line("POST", "/mcp", tool("store_memory", {"content": text}), rpc) for text in texts]),
    }


def peer(questions, texts):
    headers = [("Content-Type", "application/json")]
    return {
        "search over REST": ("api", [
            line("POST", "/api/search", {"query": q, "n_results": 10}, headers) for q in questions]),
        "search_memories over MCP": ("api", [
            line("POST", "/mcp", tool("memory_search", {"query": q, "limit": 10}), headers) for q in questions]),
        "store_memory over MCP": ("api", [
            line("POST", "/mcp", tool("memory_store", {"content": text}), headers) for text in texts]),
    }
