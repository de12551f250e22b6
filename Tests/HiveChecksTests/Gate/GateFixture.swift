import HiveChecks

/// Runs the gate over texts.
enum GateFixture {
    /// A password as it must not stand in a file. Put together here, so that scans of these sources find none.
    static let secretLine = "pass" + "word = \"" + "k3y9Qz7" + "Wm2xR4tV8\""
    static let unfinished = "TO" + "DO"

    static func run(
        _ files: [(String, String)], configuration: GateConfiguration = GateConfiguration(),
        selection: Set<String>? = nil, baseline: Baseline = .empty, extent: ChangedLines.Extent = .all,
        learning rules: [GateRule] = []
    ) -> GateReport {
        var run = GateRun(configuration: configuration, selection: selection, baseline: baseline)
        run.learn(rules)
        for (path, text) in files { run.check(SourceFile(path: path, bytes: Array(text.utf8)), extent: extent) }
        return run.report()
    }

    /// `path:line:column rule` of what is open.
    static func open(_ report: GateReport) -> [String] {
        report.open.map { "\($0.path):\($0.place.line):\($0.place.column) \($0.rule)" }
    }
}
