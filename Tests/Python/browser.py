"""A headless Chromium, driven by its debugging protocol over a pipe: no port, no driver, no package."""

import base64
import fcntl
import itertools
import json
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# Chromium reads its commands from descriptor 3 and answers on 4.
START = "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4); os.execv(sys.argv[3], sys.argv[3:])"
KEYS = {
    "Enter": (13, "\r"), "Tab": (9, ""), "Escape": (27, ""), " ": (32, " "), "ArrowDown": (40, ""),
}


def find():
    """Where a Chromium is, or None."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """One process; `tab` opens pages in it that share nothing."""

    def __init__(self, profile):
        self.replies = {}
        self.tabs = {}
        self.ids = itertools.count(1)
        to_read, self.to = os.pipe()
        self.answers, from_write = os.pipe()
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (to_read, from_write)]
        arguments = [
            "--headless=new", "--no-sandbox", "--remote-debugging-pipe", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-extensions", "--hide-scrollbars", "--force-color-profile=srgb", "--font-render-hinting=none",
            f"--user-data-dir={profile}", "about:blank"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, *map(str, ends), find(), *arguments], pass_fds=ends,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        for end in (to_read, from_write, *ends):
            os.close(end)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        rest = b""
        while chunk := os.read(self.answers, 1 << 16):
            *messages, rest = (rest + chunk).split(b"\0")
            for text in messages:
                message = json.loads(text)
                if "id" in message:
                    self.replies[message["id"]].put(message)
                elif message.get("sessionId") in self.tabs:
                    self.tabs[message["sessionId"]].heard(message["method"], message["params"])
        for waiting in self.replies.values():
            waiting.put({"error": {"message": "the browser has ended"}})

    def send(self, method, parameters=None, session=None):
        number = next(self.ids)
        self.replies[number] = queue.Queue()
        message = {"id": number, "method": method, "params": parameters or {}}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data):]
        answer = self.replies[number].get(timeout=60)
        del self.replies[number]
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    def tab(self, **options):
        context = self.send("Target.createBrowserContext")["browserContextId"]
        target = self.send("Target.createTarget", {"url": "about:blank", "browserContextId": context})["targetId"]
        session = self.send("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        return Tab(self, session, **options)

    def close(self):
        os.close(self.to)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=10)


class Tab:
    """One page, with what it asked for and what it complained about."""

    def __init__(self, browser, session, width=1280, height=900, dark=False):
        self.browser = browser
        self.session = session
        self.requests = []
        self.complaints = []
        browser.tabs[session] = self
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")
        self.size(width, height)
        self.colours(dark)

    def send(self, method, **parameters):
        return self.browser.send(method, parameters, self.session)

    def heard(self, method, parameters):
        if method == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])
        elif method == "Network.webSocketCreated":
            self.requests.append(parameters["url"])
        elif method == "Runtime.exceptionThrown":
            details = parameters["exceptionDetails"]
            self.complaints.append(details.get("exception", {}).get("description", details["text"]))
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning", "assert"):
            self.complaints.append(" ".join(str(value.get("value", "")) for value in parameters["args"]))
        elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.complaints.append(f"{parameters['entry']['text']} {parameters['entry'].get('url', '')}")

    def size(self, width, height):
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)

    def colours(self, dark):
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.send("Emulation.setEmulatedMedia", features=features)

    def open(self, address):
        self.send("Page.navigate", url=address)

    def run(self, script):
        """The value of an expression, awaited where it is a promise."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def until(self, condition, timeout=20):
        """Waits until an expression holds; gives its value."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            try:
                if value := self.run(condition):
                    return value
            except RuntimeError:
                pass  # the page is just being loaded
            time.sleep(0.03)
        shown = self.run("document.body.innerText.slice(0, 1500)")
        raise AssertionError(f"never: {condition}\n{self.complaints}\n{shown}")

    def sees(self, text, timeout=20):
        self.until(f"document.body.innerText.includes({json.dumps(text)})", timeout)

    def click(self, selector, text=None):
        """A real click in the middle of an element, which must be there to be hit."""
        found = f"[...document.querySelectorAll({json.dumps(selector)})]"
        if text is not None:
            found += f".filter((one) => one.textContent.trim() === {json.dumps(text)})"
        self.until(f"{found}.length > 0")
        place = self.run(f"""(() => {{
          const element = {found}[0];
          element.scrollIntoView({{block: 'center', behavior: 'instant'}});
          const box = element.getBoundingClientRect();
          const x = box.x + box.width / 2, y = box.y + box.height / 2;
          const hit = document.elementFromPoint(x, y);
          return {{x, y, hits: element === hit || element.contains(hit), by: hit ? hit.outerHTML.slice(0, 100) : ''}};
        }})()""")
        assert place["hits"], f"{selector} {text} is covered by {place['by']}"
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=place["x"], y=place["y"], button="left", clickCount=1)

    def type(self, text):
        self.send("Input.insertText", text=text)

    def press(self, *keys, shift=False):
        for key in keys:
            code, text = KEYS.get(key, (ord(key[0].upper()), key))
            common = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
            self.send("Input.dispatchKeyEvent", type="keyDown", **common, **({"text": text} if text else {}))
            self.send("Input.dispatchKeyEvent", type="keyUp", **common)

    def focus(self):
        """What has the focus, in words."""
        return self.run("""(() => {
          const one = document.activeElement;
          return `${one.tagName.toLowerCase()}${one.id ? '#' + one.id : ''} ${(one.textContent || '').trim().slice(0, 60)}`;
        })()""")

    def picture(self, name, whole=False):
        """A screenshot, kept for people to look at in `artifacts/dashboard`."""
        folder = ROOT / "artifacts" / "dashboard"
        folder.mkdir(parents=True, exist_ok=True)
        data = self.send("Page.captureScreenshot", captureBeyondViewport=whole)["data"]
        (folder / f"{name}.png").write_bytes(base64.b64decode(data))
