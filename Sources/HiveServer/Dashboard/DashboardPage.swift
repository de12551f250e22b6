// hive:allow-file banned-terms an attribute of HTML has this name
/// The dashboard's page: no content of its own, all of it is fetched with the token that the user gives.
enum DashboardPage {
    static let html = #"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Hive</title>
          <link rel="stylesheet" href="/dashboard.css">
          <script src="/dashboard.js" defer></script>
        </head>
        <body>
          <header>
            <h1>Hive <span id="node-name"></span></h1>
            <p id="live" class="badge" role="status">not connected</p>
            <button id="sign-out" type="button" hidden>Sign out</button>
          </header>

          <main>
            <section id="sign-in" aria-labelledby="sign-in-title">
              <h2 id="sign-in-title">Sign in</h2>
              <p>Paste a token of this node: the content of <code>agent.token</code> or <code>operator.token</code>
                in its data directory. It stays in this tab.</p>
              <form id="sign-in-form">
                <label for="token">Token</label>
                <input id="token" type="password" autocomplete="off" required>
                <button type="submit">Sign in</button>
              </form>
              <p id="sign-in-error" class="error" role="alert"></p>
            </section>

            <div id="signed-in" hidden>
              <p id="error" class="error" role="alert"></p>

              <section aria-labelledby="status-title">
                <h2 id="status-title">Status</h2>
                <p id="health"></p>
                <dl id="status" class="cards"></dl>
              </section>

              <section aria-labelledby="conflicts-title">
                <h2 id="conflicts-title">Conflicts <span id="conflict-count" class="badge"></span></h2>
                <div id="conflicts"></div>
              </section>

              <section aria-labelledby="memories-title">
                <h2 id="memories-title">Memories</h2>
                <form id="search-form" role="search">
                  <label for="query">Search</label>
                  <input id="query" type="search" placeholder="Words; empty for the newest">
                  <button type="submit">Search</button>
                </form>
                <ol id="memories" class="list"></ol>
                <button id="more" type="button" hidden>Show more</button>
              </section>

              <section aria-labelledby="peers-title">
                <h2 id="peers-title">Peers</h2>
                <div id="peers" class="scroll"></div>
                <button id="sync" type="button">Synchronise now</button>
                <span id="sync-result" role="status"></span>
              </section>

              <section aria-labelledby="rules-title">
                <h2 id="rules-title">Rules</h2>
                <div id="rules" class="scroll"></div>
              </section>
            </div>
          </main>

          <dialog id="detail" aria-labelledby="detail-title">
            <h2 id="detail-title">Memory</h2>
            <div id="detail-body"></div>
            <h3>History</h3>
            <ol id="detail-history" class="list"></ol>
            <form method="dialog"><button>Close</button></form>
          </dialog>
        </body>
        </html>
        """#
}
