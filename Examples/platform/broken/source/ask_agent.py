import requests


def ask_agent(question):
    return requests.get("http://10.0.3.7:10300/ask", params={"question": question})
