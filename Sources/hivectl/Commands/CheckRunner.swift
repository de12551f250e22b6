import HiveAPI
import HiveChecks
import HiveRules

/// One check of the files that a command line names.
struct CheckRunner {
    let command: Check
    let root: CheckRoot

    /// Checks, and writes the report. Whether nothing was found.
    func run() throws -> Bool {
        let settings = try CheckSettings(command: command, root: root)
        let report = try check(settings)
        if command.writeBaseline {
            let path = settings.baselinePath ?? root.file(GateConfiguration.baselinePath)
            try CheckOutput.write(report.baseline.json, to: path)
            Console.write(
                "\(report.baseline.entries.count) known findings written to \(PathText.shown(root.relative(path)))",
                toError: true)
        }
        try CheckOutput.emit(report, for: command)
        return report.isClean || command.writeBaseline
    }

    func list() throws -> String {
        let rules = GateRule.builtIn + (try CheckLaw(CheckSettings(command: command, root: root)).rules)
        if command.options.json { return CheckOutput.json(rules) }
        return Table.text(
            ["CHECK", "NUMBER", "LOOKS FOR"], rules.map { [$0.id, $0.number.map(String.init) ?? "", $0.summary] })
    }

    /// The files that would be checked.
    func files(_ settings: CheckSettings) throws -> CheckFileFinder {
        var finder = CheckFileFinder(root)
        for path in command.paths.isEmpty ? ["."] : command.paths { try finder.add(path) }
        return finder
    }

    private func check(_ settings: CheckSettings) throws -> GateReport {
        let (files, finder) = try chosen(settings)
        let named = settings.namesLaw ? try CheckLaw(settings) : nil
        var run = GateRun(
            configuration: settings.configuration, selection: try settings.selection(among: named?.rules ?? []),
            baseline: settings.baseline)
        if let named { run.learn(named.rules) }
        for path in finder.closed { run.cannotRead(path, because: "the folder is closed") }
        for path in finder.linksOut { run.skip(path, .linkOut) }
        var candidates: [SourceFile] = []
        for (file, extent) in files where !settings.configuration.exclude.matches(file.shown) {
            guard let source = take(file, extent, settings, &run) else { continue }
            if settings.judgesText || GateManifests.concern(source) { candidates.append(source) }
        }
        let contents = GateManifests.read(candidates, withText: settings.judgesText)
        if settings.wantsManifests, !contents.manifests.isEmpty || !contents.problems.isEmpty {
            let law = try named ?? CheckLaw(settings)
            run.learn(law.rules)
            run.judge(law.results(contents), problems: contents.problems, of: candidates)
        }
        return run.report { path in FileBytes.status(root.file(path)) == nil }
    }

    /// Reads a file and checks its text; nil for one that was passed over.
    private func take(
        _ file: CheckedFile, _ extent: ChangedLines.Extent, _ settings: CheckSettings, _ run: inout GateRun
    ) -> SourceFile? {
        let size = FileBytes.status(file.path).map(\.size) ?? 0
        let limit = settings.configuration.maximumSize
        // Whoever names a file asks about it, and is not told that all is well where nobody looked.
        guard size <= limit || isNamed(file) && size <= Self.largestNamed else {
            run.skip(file.shown, .tooLarge)
            return nil
        }
        do {
            let source = SourceFile(path: file.shown, bytes: try FileBytes.read(file.path))
            return run.check(source, extent: extent, isNamed: isNamed(file)) ? source : nil
        } catch {
            run.cannotRead(file.shown, because: error.reason)
            return nil
        }
    }

    private static let largestNamed = 64 << 20

    private func isNamed(_ file: CheckedFile) -> Bool {
        command.paths.contains { root.absolute(Array($0.utf8)) == file.path }
    }

    /// The files that are named, or those of them with added lines.
    private func chosen(
        _ settings: CheckSettings
    ) throws -> ([(file: CheckedFile, extent: ChangedLines.Extent)], CheckFileFinder) {
        guard let reference = command.changed else {
            let finder = try files(settings)
            return (finder.files.map { ($0, .all) }, finder)
        }
        let changes = try CheckChanges.since(reference, in: root)
        let named = try command.paths.map { path -> [UInt8] in
            let absolute = root.absolute(Array(path.utf8))
            guard FileBytes.status(absolute) != nil else {
                throw Failure.badInput("`\(path)` does not exist", hint: "name files or folders")
            }
            return absolute
        }
        let files = changes.files.compactMap { relative, extent -> (CheckedFile, ChangedLines.Extent)? in
            let path = root.path + [UInt8(ascii: "/")] + relative
            let isNamed = named.isEmpty || named.contains { $0 == path || path.starts(with: $0 + [UInt8(ascii: "/")]) }
            guard isNamed, FileBytes.status(path)?.kind == .file else { return nil }
            return (CheckedFile(path: path, relative: relative), extent)
        }
        return (files.sorted { $0.0.path.lexicographicallyPrecedes($1.0.path) }, CheckFileFinder(root))
    }
}
