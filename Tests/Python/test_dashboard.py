"""The dashboard in a real browser on real nodes: what people see, press and hear."""

import json
import pathlib
import re
import socket
import threading

import pytest

import browser as chromium
from conftest import until

PAGES = pathlib.Path(__file__).resolve().parent.parent.parent / "Sources" / "CHiveDashboard" / "pages"
SECTIONS = ["", "memories", "episodes", "skills", "conflicts", "sync", "rules", "decisions", "incidents", "runbooks",
            "infrastructure", "backups", "health"]
READY = "!document.getElementById('shell').hidden && !document.querySelector('.skeleton')"

pytestmark = pytest.mark.skipif(chromium.find() is None, reason="there is no Chromium; `apt-get install chromium`")


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    one = chromium.Browser(tmp_path_factory.mktemp("profile"))
    yield one
    one.close()


@pytest.fixture
def open_tab(browser):
    """Opens pages, and holds each to this at the end: nothing in the console, nothing asked of anybody else."""
    opened = []

    def make(node, expected=(), url=None, **options):
        tab = browser.tab(**options)
        link = url or node.ok("dashboard")["url"]
        opened.append((tab, link.split("//")[1].split("/")[0], expected))
        tab.open(link)
        if url is None:
            tab.until(READY)
        return tab

    yield make
    for tab, host, expected in opened:
        assert tab.requests
        for address in tab.requests:
            assert re.match(rf"(http|ws)://{re.escape(host)}/|about:blank", address), address
        left = [one for one in tab.complaints if not any(re.search(pattern, one) for pattern in expected)]
        assert left == []


@pytest.fixture
def pair(make_node):
    """Two nodes in step."""
    a, b = make_node("laptop"), make_node("cellar")
    b.ok("peers", "join", a.ok("peers", "invite", "--role", "steward")["line"])
    until(lambda: all(node.ok("status")["peersConnected"] == 1 for node in (a, b)))
    return a, b


def go(tab, section):
    tab.run(f"location.hash = {json.dumps('#/' + section)}")
    path = section.split("?")[0].split("/")[0]
    tab.until(f"document.querySelector('[aria-current=page]')?.dataset.path === {json.dumps(path)} && {READY}")


def test_a_link_signs_in_once_and_leaves_no_trace(make_node, open_tab):
    node = make_node()
    link = node.ok("dashboard")
    assert link["url"] == f"{node.run()['api']}/#code={link['code']}" and link["role"] == "operator"
    tab = open_tab(node, url=link["url"])
    tab.until(READY)
    assert tab.run("location.href") == node.run()["api"] + "/#/"
    session = json.loads(tab.run("sessionStorage.getItem('hive.session')"))
    assert session["token"] not in (node.token(), node.token("agent")) and tab.run("localStorage.length") == 0
    assert not any(session["token"] in address for address in tab.requests if address.startswith("http"))
    again = open_tab(node, url=link["url"], expected=["401"])
    again.sees("used before")
    tab.click("#sign-out")
    tab.sees("Sign in to this node")
    assert tab.run("sessionStorage.length") == 0
    status, _ = node.http("GET", "/api/status", role=None, headers={"Authorization": "Bearer " + session["token"]})
    assert status == 401


def test_a_pasted_token_is_exchanged_and_not_kept(make_node, open_tab):
    node = make_node()
    tab = open_tab(node, url=node.run()["api"] + "/", expected=["401"])
    tab.until("document.activeElement.id === 'token'")
    tab.type("nonsense")
    tab.press("Enter")
    tab.sees("not known here")
    tab.type(node.token("agent"))
    tab.press("Enter")
    tab.until(READY)
    assert node.token("agent") not in tab.run("JSON.stringify([{...sessionStorage}, {...localStorage}, location.href])")
    go(tab, "decisions")
    tab.sees("Only an operator may look")
    node.ok("memory", "add", "what an agent may see")
    go(tab, "memories")
    tab.click("#page .hit a")
    tab.sees("History")
    assert "Erase" not in tab.run("document.querySelector('.actions').textContent")


def test_search_finds_opens_and_shows_what_happens_elsewhere(pair, open_tab):
    a, b = pair
    first = a.ok("memory", "add", "kube-proxy on web-3 needs a restart after each upgrade", "--agent", "ava", "--tag", "kubernetes")
    other = a.ok("memory", "add", "the gateway keeps connections to an old database")
    a.ok("memory", "link", first["id"], "related_to", other["id"])
    a.ok("memory", "verify", first["id"], "--reason", "seen it twice")
    tab = open_tab(a)
    tab.until("document.getElementById('live').dataset.state === 'live'")
    tab.picture("overview")
    tab.run("""window.shift = 0; new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
    }).observe({type: 'layout-shift', buffered: true}); 0""")

    b.ok("memory", "add", "written on the other node a moment ago", "--agent", "ben")
    tab.sees("written on the other node a moment ago")
    tab.until("document.querySelectorAll('.feed li').length")
    assert tab.run("window.shift") < 0.1

    tab.click("#quick-query")
    tab.type("proxy restart")
    tab.press("Enter")
    tab.until("[...document.querySelectorAll('.hit mark')].some((one) => one.textContent === 'restart')")
    assert "q=proxy" in tab.run("location.hash")
    tab.click("#page .hit summary")
    tab.sees("Confidence")
    tab.picture("search")
    tab.click("#page .hit a")
    for text in ("History", "seen it twice", "related_to", "the gateway keeps connections", "Believed"):
        tab.sees(text)
    tab.picture("memory", whole=True)
    tab.click("button", "As it was then")
    tab.until("document.querySelector('dialog[open]')?.innerText.includes('As it was')")
    tab.click("dialog button", "Close")
    tab.run("history.back()")
    tab.until("document.querySelectorAll('#page .hit').length > 0 && document.querySelector('[name=q]').value")
    assert tab.run("document.querySelector('[name=q]').value") == "proxy restart"

    go(tab, "memories?tag=kubernetes")
    tab.until("document.querySelectorAll('#page .hit').length === 1")
    tab.click("#page [name=q]")
    tab.type("nothing like this zzz")
    tab.sees("Nothing found")


def test_a_conflict_is_settled_side_by_side(pair, open_tab):
    a, b = pair
    memory = a.ok("memory", "add", "the canary gets 5 percent")
    until(lambda: b.ctl("memory", "get", memory["id"])[0] == 0)
    for node, text in ((a, "the canary gets 10 percent"), (b, "the canary gets 20 percent")):
        status, _ = node.http("PATCH", f"/api/v1/memories/{memory['id']}",
                              {"content": text, "version": memory["version"]})
        assert status == 200
    until(lambda: len(a.ctl("conflicts", "list")[1]["items"]) == 1)
    tab = open_tab(a)
    tab.until("document.querySelector('[data-path=conflicts] .count')?.textContent.startsWith('1')")
    go(tab, "conflicts")
    assert tab.run("[...document.querySelectorAll('.value mark')].map((one) => one.textContent).sort()") == ["10", "20"]
    tab.picture("conflicts")
    tab.click(".value:not(.shown) button", "Take this")
    tab.sees("Everybody agrees")
    until(lambda: a.ctl("conflicts", "list")[1]["items"] == [] and b.ctl("conflicts", "list")[1]["items"] == [])
    contents = {node.ok("memory", "get", memory["id"])["content"] for node in (a, b)}
    assert len(contents) == 1 and contents.pop() in ("the canary gets 10 percent", "the canary gets 20 percent")
    tab.until("!document.querySelector('[data-path=conflicts] .count')")


def test_hostile_content_stays_text(make_node, open_tab):
    node = make_node()
    evil = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'>"
    memory = node.ok("memory", "add", evil, "--tag", "<b onclick=alert(1)>tag", "--category", "\u202egnp.exe")
    node.http("POST", "/api/v1/memories", {"content": "invoice \u202egnp.exe, \u05e9\u05dc\u05d5\u05dd", "tags": ["a" * 200]})
    _, long = node.http("POST", "/api/v1/memories", {"content": "y" * 100_000, "metadata": {"k": "z" * 20_000}})
    tab = open_tab(node, width=360, height=740)
    for section in ("", "memories", f"memories/{memory['id']}", f"memories/{long['id']}"):
        go(tab, section)
        tab.until("document.body.innerText.length > 50")
        assert tab.run("window.hacked") is None
        assert tab.run("document.scripts.length") == 2 and tab.run("document.images.length") == 2
        assert tab.run("document.documentElement.scrollWidth") <= 360, section
    go(tab, f"memories/{long['id']}")
    tab.click("button", "Show all of it (98 KiB)")
    tab.until("document.querySelector('.content').textContent.length >= 100000")
    assert tab.run("document.documentElement.scrollWidth") <= 360
    go(tab, "memories")
    tab.sees("U+202E")
    tab.picture("hostile-phone", whole=True)
    go(tab, f"memories/{memory['id']}")
    tab.sees("<script>window.hacked = 1</script>")


def test_everything_can_be_done_by_keyboard(make_node, open_tab):
    node = make_node()
    for number in range(3):
        node.ok("memory", "add", f"memory number {number} of the keyboard")
    tab = open_tab(node)
    tab.press("Tab")
    assert tab.focus().startswith("a Skip to content")
    tab.press("Enter")
    assert tab.focus().startswith("main#main")
    tab.press("?", shift=True)
    tab.until("document.querySelector('dialog[open]')?.innerText.includes('Search memories')")
    tab.picture("shortcuts")
    tab.press("Escape")
    tab.until("!document.querySelector('dialog')")
    assert tab.focus().startswith("main#main")
    tab.press("/")
    assert tab.focus().startswith("input#quick-query")
    tab.type("keyboard")
    tab.press("Enter")
    tab.until("document.querySelectorAll('#page .hit').length === 3")
    assert tab.focus().startswith("h1 Memories")
    tab.press("j", "j")
    entry = tab.focus()
    assert entry.startswith("a memory number")
    tab.press("k")
    assert tab.focus().startswith("a memory number") and tab.focus() != entry
    tab.press("Enter")
    tab.sees("History")
    # Focus goes through the page in the order in which it is read, and is always to be seen.
    seen = []
    for _ in range(30):
        tab.press("Tab")
        seen.append(tab.run("(() => { const b = document.activeElement.getBoundingClientRect(); return [b.top, b.width]; })()"))
    assert all(width > 0 for _, width in seen)
    tab.press("g", "c")
    tab.until("location.hash === '#/conflicts'")
    tab.press("g", "h")
    tab.until("location.hash === '#/health' && document.activeElement.tagName === 'H1'")


AUDIT = """(() => {
  const faults = [];
  const say = (what, one) => faults.push(`${what}: ${one.outerHTML.slice(0, 120)}`);
  const name = (one) => (one.getAttribute('aria-label') || (one.labels?.[0]?.textContent ?? '') || one.textContent
    || one.getAttribute('alt') || '').trim();
  const visible = (one) => one.checkVisibility({checkOpacity: true, checkVisibilityCSS: true});
  for (const one of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    if (visible(one) && !name(one)) say('no name', one);
  }
  for (const one of document.querySelectorAll('img:not([alt])')) say('no alternative', one);
  for (const one of document.querySelectorAll('[aria-labelledby], [aria-describedby], [aria-controls]')) {
    for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls']) {
      for (const id of (one.getAttribute(attribute) ?? '').split(' ').filter(Boolean)) {
        if (!document.getElementById(id)) say(`${attribute} leads nowhere`, one);
      }
    }
  }
  const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
  for (const id of new Set(ids)) if (ids.filter((one) => one === id).length > 1) faults.push(`two elements are #${id}`);
  for (const landmark of ['main', 'nav', 'header.top']) {
    const found = [...document.querySelectorAll(landmark)].filter((one) => landmark === 'nav' || visible(one));
    if (found.length !== 1) faults.push(`${found.length} of ${landmark}`);
  }
  const levels = [...document.querySelectorAll('#page h1, #page h2, #page h3')].filter(visible).map((one) => +one.tagName[1]);
  if (levels.filter((level) => level === 1).length !== 1 || levels[0] !== 1) faults.push(`headings ${levels}`);
  levels.forEach((level, place) => { if (place && level > levels[place - 1] + 1) faults.push(`headings ${levels}`); });
  for (const table of document.querySelectorAll('table')) if (!table.getAttribute('aria-label')) say('no name', table);

  const numbers = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((one) => one / 255)
    .map((one) => (one <= .04045 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4))
    .reduce((sum, one, place) => sum + one * [.2126, .7152, .0722][place], 0);
  const ground = (one) => {
    for (let up = one; up; up = up.parentElement) {
      const colour = numbers(getComputedStyle(up).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const tried = new Set();
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || tried.has(one) || !visible(one)) continue;
    tried.add(one);
    const style = getComputedStyle(one);
    if (style.clipPath !== 'none' || one.closest('.unseen, .skip') || one.disabled) continue;
    const [front, back] = [light(numbers(style.color)), light(ground(one))];
    const contrast = (Math.max(front, back) + .05) / (Math.min(front, back) + .05);
    if (contrast < 4.5) say(`contrast ${contrast.toFixed(2)}`, one);
  }
  return faults;
})()"""


def furnish(node):
    """Something in every section."""
    node.ok("memory", "add", "kube-proxy needs a restart", "--tag", "kubernetes", "--agent", "ava")
    node.ok("rules", "push", "pack:devops-safety")
    node.http("POST", "/api/v1/decisions", {"event": "tool.pre", "tool": "Bash", "command": "git push --force origin main",
                                            "git": {"branch": "main"}}, role="agent", headers={"Hive-Agent": "ava"})
    node.http("POST", "/api/v1/incidents", {"title": "checkout answers 502", "severity": "high", "systems": ["checkout"]})
    node.http("POST", "/api/v1/infrastructure", {"machine": "web-3", "component": "nginx", "status": "ok"})
    _, book = node.http("POST", "/api/v1/runbooks", {"title": "Restart the gateway", "steps": [
        {"text": "Restart it", "command": "kubectl rollout restart deploy/gateway", "expected": "all are Running"}]})
    node.http("POST", f"/api/v1/runbooks/{book['id']}/runs", {"outcome": "success", "seconds": 90})
    _, episode = node.http("POST", "/api/v1/episodes", {"title": "moved the database", "agent": "ava"})
    node.http("POST", f"/api/v1/episodes/{episode['id']}/events", {"text": "took a backup"})
    node.http("POST", f"/api/v1/episodes/{episode['id']}/end", {"outcome": "success"})
    _, skill = node.http("POST", "/api/v1/skills", {"title": "restart safely", "trigger": "old endpoints", "steps": ["cordon", "restart"]})
    node.http("POST", f"/api/v1/skills/{skill['id']}/uses", {"result": "success"})
    # What other parts of a node bring along is looked at where it is there.
    _, description = node.http("GET", "/openapi.json", role=None)
    for path, body in (("/api/v1/agents", {"name": "ava", "role": "builder"}),
                       ("/api/v1/tasks", {"title": "rebuild the index", "choice": "anyone", "agent": "ben"}),
                       ("/api/v1/messages", {"to": ["ava"], "text": "the index is stale", "agent": "ben"})):
        if path in description["paths"]:
            status, answer = node.http("POST", path, body)
            assert status in (200, 201), answer
    return book, episode, skill


def test_every_page_reads_well_in_light_and_dark_and_on_a_phone(pair, open_tab):
    a, _ = pair
    book, episode, skill = furnish(a)
    incident = a.http("GET", "/api/v1/incidents")[1]["items"][0]
    offered = open_tab(a).run("[...document.querySelectorAll('.side a')].map((one) => one.dataset.path)")
    assert set(SECTIONS) <= set(offered)
    pages = offered + [f"memories/{episode['id']}", f"memories/{skill['id']}", f"runbooks/{book['id']}",
                        f"incidents/{incident['id']}", "rules/no-force-push"]
    for dark, width, height in ((False, 1280, 900), (True, 1280, 900), (False, 360, 740), (True, 360, 740)):
        tab = open_tab(a, width=width, height=height, dark=dark)
        for page in pages:
            go(tab, page)
            tab.until("document.querySelector('#page h1')?.textContent")
            kind = f"{'dark' if dark else 'light'}-{'phone' if width == 360 else 'wide'}"
            tab.picture(f"{kind}-{re.sub('[^a-z-]', '', page.split('/')[0]) or 'overview'}{'-one' if '/' in page else ''}",
                        whole=True)
            assert tab.run(AUDIT) == [], f"{page} {kind}"
            assert tab.run("document.documentElement.scrollWidth") <= width, f"{page} {kind}"


def test_colours_follow_the_system_until_somebody_chooses(make_node, open_tab):
    tab = open_tab(make_node(), dark=True)
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = tab.run(ground)
    tab.colours(dark=False)
    light = tab.run(ground)
    assert dark != light
    tab.click("#theme")
    tab.colours(dark=True)
    assert tab.run(ground) == light
    tab.send("Page.reload")
    tab.until(f"{READY} && {ground} === {json.dumps(light)}")
    tab.click("#theme")
    assert tab.run(ground) == dark
    tab.click("#theme")
    assert tab.run("localStorage.length") == 0


def test_on_a_phone_the_sections_open_by_a_button(make_node, open_tab):
    tab = open_tab(make_node(), width=360, height=740)
    assert not tab.run("document.querySelector('.side a').checkVisibility({checkVisibilityCSS: true})")
    tab.click("#menu")
    tab.until("document.querySelector('#menu').getAttribute('aria-expanded') === 'true'")
    tab.until("document.querySelector('.side').getBoundingClientRect().left === 0")
    tab.picture("phone-menu")
    tab.click(".side a[data-path=rules]")
    tab.sees("No rules are in force")
    tab.until("document.querySelector('#menu').getAttribute('aria-expanded') === 'false'")


def test_what_is_hard_to_undo_asks_first(make_node, open_tab):
    node = make_node()
    memory = node.ok("memory", "add", "to be forgotten soon")
    tab = open_tab(node)
    go(tab, f"memories/{memory['id']}")
    tab.click("button", "Forget")
    tab.until("document.activeElement.textContent === 'Cancel'")
    tab.press("Enter")
    tab.until("!document.querySelector('dialog')")
    assert node.ctl("memory", "get", memory["id"])[0] == 0
    tab.click("button", "Erase")
    tab.until("document.querySelector('dialog .danger').disabled")
    tab.click("dialog input")
    tab.type("erase")
    tab.picture("erase")
    tab.click("dialog .danger")
    tab.until("location.hash.startsWith('#/memories')")
    code, answer = node.ctl("memory", "get", memory["id"])
    assert code == 1 and answer["error"]["code"] == "erased"


def test_rules_and_their_decisions(make_node, open_tab):
    node = make_node()
    tab = open_tab(node)
    go(tab, "rules")
    tab.sees("No rules are in force")
    node.ok("rules", "push", "pack:devops-safety")
    tab.sees("no-force-push")
    go(tab, "decisions")
    node.http("POST", "/api/v1/decisions", {"event": "tool.pre", "tool": "Bash", "command": "git push --force origin main",
                                            "git": {"branch": "main"}}, role="agent", headers={"Hive-Agent": "ava"})
    tab.sees("git push --force origin main")
    tab.click("#page .verdict summary")
    tab.sees("What to do")
    tab.click(".card [type=submit]", "Ask")  # an empty text is not sent
    tab.click("form.filters input")
    tab.type("ls -la")
    tab.press("Enter")
    tab.until("document.querySelector('[role=status] .badge')?.textContent === 'allow'")
    tab.picture("decisions")
    tab.click("#page .verdict a", "no-force-push")
    tab.sees("Its last decisions")
    tab.click("button", "Disable")
    tab.click("dialog .danger", "Disable")
    tab.sees("Enable")
    rule = next(one for one in node.ok("rules", "list")["items"] if one["name"] == "no-force-push")
    assert rule["enabled"] is False


class Wire:
    """A way to a node that can be cut."""

    def __init__(self, address):
        host, port = address.split("//")[1].split(":")
        self.target = (host, int(port))
        self.sockets = []
        self.is_cut = False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            if self.is_cut:
                near.close()
                continue
            far = socket.create_connection(self.target)
            self.sockets += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one, other):
        try:
            while data := one.recv(1 << 16):
                other.sendall(data)
        except OSError:
            pass
        for end in (one, other):
            end.close()

    def cut(self):
        self.is_cut = True
        for one in self.sockets:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.sockets = []

    def mend(self):
        self.is_cut = False

    def close(self):
        self.cut()
        self.listener.close()


def test_a_page_that_loses_the_node_says_so_and_comes_back(make_node, open_tab):
    node = make_node()
    wire = Wire(node.run()["api"])
    link = f"{wire.url}/#code={node.ok('dashboard')['code']}"
    tab = open_tab(node, url=link, expected=["ERR_", "WebSocket connection"])
    tab.until("document.getElementById('live').dataset.state === 'live'")
    go(tab, "memories")
    wire.cut()
    tab.until("!document.getElementById('stale').hidden")
    tab.sees("what you see may be old")
    tab.picture("stale")
    node.ok("memory", "add", "written while nobody could see it")
    wire.mend()
    tab.click("#stale button")
    tab.sees("written while nobody could see it")
    tab.until("document.getElementById('live').dataset.state === 'live' && document.getElementById('stale').hidden")
    wire.close()


def test_a_page_that_comes_back_is_told_what_happened_meanwhile(make_node, open_tab):
    node = make_node()
    wire = Wire(node.run()["api"])
    tab = open_tab(
        node, url=f"{wire.url}/#code={node.ok('dashboard')['code']}", expected=["ERR_", "WebSocket connection"])
    live = "document.getElementById('live').dataset.state === 'live'"
    tab.until(live)
    seen = node.ok("memory", "add", "heard as it happened")["id"][:8]
    lines = "[...document.querySelectorAll('.feed li')].map((line) => line.innerText)"
    tab.until(f"{lines}.some((line) => line.includes('{seen}'))")
    wire.cut()
    tab.until(f"!({live})")
    missed = node.ok("memory", "add", "written while nobody listened")["id"][:8]
    wire.mend()
    # The feed holds events and nothing that was read anew: it came by the WebSocket.
    tab.until(f"{live} && {lines}.some((line) => line.includes('{missed}'))")
    assert tab.run(f"{lines}.filter((line) => line.includes('{seen}')).length") == 1
    assert any("/ws/dashboard?after=" in address for address in tab.requests)
    wire.close()


def test_a_session_that_the_node_has_forgotten_leads_back_to_the_door(make_node, open_tab):
    node = make_node()
    tab = open_tab(node, expected=["401"])
    session = json.loads(tab.run("sessionStorage.getItem('hive.session')"))
    status, _ = node.http("DELETE", "/api/v1/dashboard/sessions", role=None,
                          headers={"Authorization": "Bearer " + session["token"]})
    assert status == 200
    tab.run("location.hash = '#/rules'")
    tab.sees("Sign in again")
    assert tab.run("sessionStorage.length") == 0


def luminance(colour):
    parts = [int(colour[place:place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= .04045 else ((part + .055) / 1.055) ** 2.4 for part in parts)
    return .2126 * red + .7152 * green + .0722 * blue


def test_every_colour_of_text_stands_out_from_every_ground_it_is_on():
    found = re.findall(r"--([a-z-]+): light-dark\((#\w{6}), (#\w{6})\)", (PAGES / "tokens.css").read_text())
    colours = {name: values for name, *values in found}
    pairs = [(text, ground) for ground in ("ground", "surface", "raised") for text in ("text", "faint", "accent")]
    pairs += [(tone, f"{tone}-ground") for tone in ("accent", "good", "warn", "bad", "info")]
    pairs += [("text", "accent-ground"), ("text", "info-ground"), ("on-accent", "accent"), ("bad", "surface"), ("good", "surface")]
    for text, ground in pairs:
        for front, back in zip(colours[text], colours[ground], strict=True):
            one, other = sorted((luminance(front), luminance(back)))
            assert (other + .05) / (one + .05) >= 4.5, f"{text} on {ground}: {front} on {back}"
    for front, back in zip(colours["line-strong"], colours["surface"], strict=True):
        one, other = sorted((luminance(front), luminance(back)))
        assert (other + .05) / (one + .05) >= 3, "the edges of fields"
