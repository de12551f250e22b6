/// What the dashboard does. Everything from the node is put on the page as text, never as markup.
enum DashboardScript {
    static let javascript = #"""
        'use strict';

        const storageKey = 'hive.token';
        const pageSize = 20;
        let token = sessionStorage.getItem(storageKey);
        let cursor = null;
        let socket = null;
        let refreshTimer = null;

        const at = (id) => document.getElementById(id);

        /** An element with text and children; text is never read as markup. */
        function make(tag, options = {}, ...children) {
          const element = document.createElement(tag);
          if (options.text !== undefined) element.textContent = options.text;
          if (options.className) element.className = options.className;
          if (options.onClick) element.addEventListener('click', options.onClick);
          if (tag === 'button') element.type = 'button';
          element.append(...children);
          return element;
        }

        class Problem extends Error {
          constructor(status, body) {
            super(body.hint ? `${body.detail}: ${body.hint}` : body.detail);
            this.status = status;
          }
        }

        /** One request to the REST interface; throws a Problem with the node's own words. */
        async function ask(method, path, body) {
          const headers = { Authorization: `Bearer ${token}`, Accept: 'application/json' };
          if (body !== undefined) headers['Content-Type'] = 'application/json';
          const response = await fetch(path, {
            method, headers, body: body === undefined ? undefined : JSON.stringify(body),
          });
          const type = response.headers.get('Content-Type') || '';
          const answer = type.includes('json') ? await response.json() : { detail: response.statusText };
          if (!response.ok) throw new Problem(response.status, answer);
          return answer;
        }

        /** Runs an action and shows what went wrong, if anything. */
        async function attempt(action) {
          try {
            at('error').textContent = '';
            await action();
          } catch (problem) {
            if (problem.status === 401) return signOut('The token is not known to this node.');
            at('error').textContent = problem.message;
          }
        }

        const when = (text) => (text ? new Date(text).toLocaleString() : '');
        const short = (id) => (id && id.length > 14 ? `${id.slice(0, 12)}…` : id || '');
        const shown = (value) => (typeof value === 'string' ? value : JSON.stringify(value, null, 1));
        const author = (who) => who.agent || `node ${short(who.node)}`;

        function table(headings, rows) {
          const head = make('tr', {}, ...headings.map((text) => make('th', { text })));
          const body = rows.map((cells) => make('tr', {}, ...cells.map((text) => make('td', { text: text ?? '' }))));
          return make('table', {}, make('thead', {}, head), make('tbody', {}, ...body));
        }

        async function showStatus() {
          const status = await ask('GET', '/api/status');
          at('node-name').textContent = status.name;
          const health = at('health');
          health.textContent = [status.health.status, ...status.health.reasons].join(' · ');
          health.className = status.health.status === 'ok' ? 'good' : 'bad';
          const facts = {
            Node: short(status.node), Hive: short(status.hive), Memories: status.memories,
            Operations: status.operations, Peers: `${status.peersConnected} of ${status.peersKnown}`,
            Rules: status.rules, Version: status.version, Since: when(status.startedAt),
          };
          at('status').replaceChildren(...Object.entries(facts).map(([name, value]) =>
            make('div', {}, make('dt', { text: name }), make('dd', { text: String(value) }))));
        }

        function memoryItem(memory) {
          const text = memory.content ?? '(on its way from another node)';
          const facts = [memory.kind, memory.scope, memory.category, author(memory.author), when(memory.updatedAt),
            ...memory.tags.map((tag) => `#${tag}`)].filter(Boolean).join(' · ');
          const marks = memory.contested ? [make('span', { text: ' contested', className: 'bad' })] : [];
          const title = text.length > 240 ? `${text.slice(0, 240)}…` : text;
          return make('li', {},
            make('button', { text: title, className: 'link', onClick: () => attempt(() => showMemory(memory.id)) }),
            make('span', { text: facts, className: 'faint' }), ...marks);
        }

        async function showMemories(more = false) {
          const query = new URLSearchParams({ limit: String(pageSize) });
          const words = at('query').value.trim();
          if (words) query.set('q', words);
          if (more && cursor) query.set('cursor', cursor);
          const page = await ask('GET', `/api/v1/memories?${query}`);
          const items = page.items.map(memoryItem);
          if (more) at('memories').append(...items);
          else at('memories').replaceChildren(...(items.length ? items : [make('li', { text: 'Nothing found.' })]));
          cursor = page.next;
          at('more').hidden = !cursor;
        }

        async function showMemory(id) {
          const path = `/api/v1/memories/${encodeURIComponent(id)}`;
          const [memory, history] = await Promise.all([ask('GET', path), ask('GET', `${path}/history`)]);
          const facts = [['Id', memory.id], ['Scope', memory.scope], ['Kind', memory.kind], ['Context', memory.context],
            ['Confidence', memory.confidence], ['Author', author(memory.author)], ['Created', when(memory.createdAt)],
            ['Changed', when(memory.updatedAt)], ['Expires', when(memory.expiresAt)], ['Tags', memory.tags.join(', ')],
            ['Metadata', Object.keys(memory.metadata).length ? shown(memory.metadata) : '']];
          at('detail-body').replaceChildren(
            make('p', { text: memory.content ?? '', className: 'text' }),
            table(['', ''], facts.filter(([, value]) => value !== null && value !== '')));
          at('detail-history').replaceChildren(...history.items.map((entry) => make('li', {
            text: `${when(entry.time)} · ${entry.operation} by ${author(entry.author)}: `
              + entry.changes.map((change) => change.field).join(', '),
          })));
          at('detail').showModal();
        }

        function conflictItem(conflict) {
          const take = (body) => () => attempt(async () => {
            await ask('POST', `/api/v1/conflicts/${encodeURIComponent(conflict.id)}/resolve`, body);
            await refresh();
          });
          const sides = conflict.siblings.map((sibling) => make('div',
            { className: sibling.shown ? 'side shown' : 'side' },
            make('p', { text: shown(sibling.value), className: 'text' }),
            make('p', { text: `${author(sibling.author)} · ${when(sibling.at)}`, className: 'faint' }),
            make('button', { text: 'Take this', onClick: take({ take: sibling.dot }) })));
          return make('div', {},
            make('p', {}, make('strong', { text: conflict.field }),
              make('span', { text: ` of ${short(conflict.memory)} · ${conflict.kind} · shown by ${conflict.policy}`,
                className: 'faint' })),
            make('div', { className: 'sides' }, ...sides));
        }

        async function showConflicts() {
          const page = await ask('GET', '/api/v1/conflicts');
          at('conflict-count').textContent = page.items.length || '';
          at('conflicts').replaceChildren(...(page.items.length
            ? page.items.map(conflictItem) : [make('p', { text: 'None: everybody agrees.', className: 'good' })]));
        }

        async function showPeers() {
          const page = await ask('GET', '/api/v1/peers');
          at('peers').replaceChildren(page.items.length
            ? table(['Node', 'State', 'Role', 'Address', 'Lag', 'Last seen'], page.items.map((peer) =>
              [peer.name || short(peer.node), peer.state, peer.role, peer.address, peer.lag, when(peer.lastSeen)]))
            : make('p', { text: 'This node is alone. `hivectl peers invite` admits another.', className: 'faint' }));
        }

        async function showRules() {
          const page = await ask('GET', '/api/v1/rules');
          at('rules').replaceChildren(page.items.length
            ? table(['Rule', 'Version', 'Effect', 'Enforcement', 'Priority', 'Set', 'On'], page.items.map((rule) =>
              [rule.name, rule.version, rule.effect, rule.enforcement, rule.priority, rule.set,
                rule.enabled ? 'yes' : 'no']))
            : make('p', { text: 'No rules are in force.', className: 'faint' }));
        }

        async function refresh() {
          await Promise.all([showStatus(), showConflicts(), showMemories(), showPeers(), showRules()]);
        }

        /** Many events at once lead to one refresh. */
        function refreshSoon() {
          if (refreshTimer) return;
          refreshTimer = setTimeout(() => {
            refreshTimer = null;
            if (token) attempt(refresh);
          }, 500);
        }

        function live(text, className) {
          at('live').textContent = text;
          at('live').className = `badge ${className}`;
        }

        function listen() {
          const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws/dashboard`;
          const own = new WebSocket(address, ['hive.events', `hive.token.${token}`]);
          socket = own;
          own.addEventListener('open', () => live('live', 'good'));
          own.addEventListener('message', refreshSoon);
          own.addEventListener('close', () => {
            if (socket !== own || !token) return;
            live('reconnecting', 'bad');
            setTimeout(() => { if (socket === own && token) listen(); }, 2000);
          });
        }

        async function signIn() {
          try {
            await ask('GET', '/api/status');
          } catch (problem) {
            return signOut(problem.message);
          }
          sessionStorage.setItem(storageKey, token);
          at('sign-in').hidden = true;
          at('signed-in').hidden = false;
          at('sign-out').hidden = false;
          listen();
          await attempt(refresh);
        }

        function signOut(reason = '') {
          token = null;
          sessionStorage.removeItem(storageKey);
          if (socket) socket.close();
          socket = null;
          live('not connected', '');
          at('node-name').textContent = '';
          at('sign-in').hidden = false;
          at('signed-in').hidden = true;
          at('sign-out').hidden = true;
          at('sign-in-error').textContent = reason;
        }

        at('sign-in-form').addEventListener('submit', (event) => {
          event.preventDefault();
          token = at('token').value.trim();
          at('token').value = '';
          signIn();
        });
        at('sign-out').addEventListener('click', () => signOut());
        at('search-form').addEventListener('submit', (event) => {
          event.preventDefault();
          attempt(() => showMemories());
        });
        at('more').addEventListener('click', () => attempt(() => showMemories(true)));
        at('sync').addEventListener('click', () => attempt(async () => {
          const report = await ask('POST', '/api/sync', {});
          at('sync-result').textContent = `${report.peers.length} reached, ${report.operationsReceived} received, `
            + `${report.operationsSent} sent`;
          await refresh();
        }));
        if (token) signIn();
        """#
}
