# TODO: add resilience
import requests


def call_agent(target, payload):
    with tracer.start_span("call"):
        return requests.post(f"http://{target}:8080/", json=payload)
