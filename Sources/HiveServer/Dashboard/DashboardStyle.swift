/// How the dashboard looks: light or dark as the system is, one column on a phone.
enum DashboardStyle {
    static let css = #"""
        :root {
          color-scheme: light dark;
          --back: #fbfaf7; --panel: #ffffff; --text: #1d1b16; --faint: #6a655a; --line: #dcd7ca;
          --accent: #9a5b00; --good: #1d6b35; --bad: #a4161a;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --back: #16150f; --panel: #1f1d16; --text: #ece7da; --faint: #a29b8a; --line: #3a362b;
            --accent: #f0b14a; --good: #7fcf95; --bad: #ff8f87;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
        header { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; padding: .75rem 1rem;
          border-bottom: 1px solid var(--line); }
        h1 { font-size: 1.25rem; margin: 0; flex: 1; }
        h1 span { color: var(--faint); font-weight: normal; }
        h2 { font-size: 1.05rem; margin: 0 0 .5rem; }
        h3 { font-size: .95rem; margin: 1rem 0 .25rem; }
        main { max-width: 70rem; margin: 0 auto; padding: 1rem; }
        section { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem;
          margin-bottom: 1rem; }
        form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
        input { flex: 1 1 14rem; padding: .45rem .6rem; font: inherit; color: inherit; background: var(--back);
          border: 1px solid var(--line); border-radius: .35rem; }
        button { padding: .45rem .9rem; font: inherit; color: var(--text); background: var(--back);
          border: 1px solid var(--line); border-radius: .35rem; cursor: pointer; }
        button:hover { border-color: var(--accent); }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        .badge { margin: 0; padding: .1rem .6rem; border: 1px solid var(--line); border-radius: 1rem; font-size: .85rem;
          color: var(--faint); font-weight: normal; }
        .badge.good, .good { color: var(--good); }
        .badge.bad, .bad, .error { color: var(--bad); }
        .error:empty { display: none; }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .75rem; margin: 0; }
        .cards dt { color: var(--faint); font-size: .85rem; }
        .cards dd { margin: 0; font-size: 1.1rem; overflow-wrap: anywhere; }
        .list { list-style: none; margin: .5rem 0; padding: 0; }
        .list li { padding: .6rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
        .link { display: block; width: 100%; text-align: start; background: none; border: 0; padding: 0;
          color: inherit; }
        .link:hover { text-decoration: underline; }
        .faint { color: var(--faint); font-size: .85rem; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: start; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); }
        th { color: var(--faint); font-weight: normal; font-size: .85rem; }
        .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: .75rem;
          margin: .5rem 0 1rem; }
        .side { border: 1px solid var(--line); border-radius: .35rem; padding: .75rem; overflow-wrap: anywhere; }
        .side.shown { border-color: var(--accent); }
        .text { white-space: pre-wrap; overflow-wrap: anywhere; }
        dialog { width: min(46rem, calc(100vw - 2rem)); color: var(--text); background: var(--panel);
          border: 1px solid var(--line); border-radius: .5rem; }
        dialog::backdrop { background: rgb(0 0 0 / .5); }
        """#
}
