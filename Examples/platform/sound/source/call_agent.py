"""Calls another agent: found by discovery, within a time, tried again, and traced."""

import httpx
from opentelemetry import trace

tracer = trace.get_tracer(__name__)


async def call_agent(target: str, payload: dict) -> dict:
    if circuit_breaker.is_open(target):
        return await fallback(target)
    with tracer.start_as_current_span("agent_operation") as span:
        span.set_attribute("agent.id", AGENT_ID)
        span.set_attribute("agent.phase", AGENT_PHASE)
        span.set_attribute("operation.type", "call")
        endpoint = await consul.endpoint(target)
        async with httpx.AsyncClient(timeout=30, transport=retrying(attempts=3)) as client:
            response = await client.post(endpoint, json=payload)
        return response.json()
