import HiveAPI
import HiveChecks
import HiveRules

/// What the configuration, the baseline and the command line say together.
struct CheckSettings {
    let configuration: GateConfiguration
    /// Nil where no baseline is used.
    let baselinePath: [UInt8]?
    let baseline: Baseline
    let packs: [String]
    /// Absolute or below the working folder.
    let rulePaths: [String]
    /// Whether rules for manifests were asked for, so that they judge the words of every text too.
    let judgesText: Bool
    private let chosen: [String]

    init(command: Check, root: CheckRoot) throws {
        var configuration = GateConfiguration()
        let given = command.config.map { root.absolute(Array($0.utf8)) }
        let path = given ?? root.file(GateConfiguration.path)
        if given != nil || FileBytes.status(path) != nil {
            configuration = try Self.reading {
                try GateConfigurationParser.parse(
                    try Self.contents(path, root), path: PathText.shown(root.relative(path)))
            }
        }
        self.configuration = configuration
        chosen = command.rule
        packs = command.pack.isEmpty ? configuration.packs : command.pack
        rulePaths =
            command.rules + configuration.rules.map { String(decoding: root.file($0), as: UTF8.self) }
        judgesText = !command.pack.isEmpty || !rulePaths.isEmpty || !command.rule.allSatisfy(Self.isOwn)
        baselinePath =
            command.baseline.map { root.absolute(Array($0.utf8)) } ?? configuration.baseline.map(root.file)
            ?? Self.present(root.file(GateConfiguration.baselinePath))
        baseline = try Self.baseline(baselinePath, command, root)
    }

    private static func present(_ path: [UInt8]) -> [UInt8]? { FileBytes.status(path) == nil ? nil : path }

    /// A baseline that is about to be written need not be there yet.
    private static func baseline(_ path: [UInt8]?, _ command: Check, _ root: CheckRoot) throws -> Baseline {
        guard let path else { return .empty }
        if command.writeBaseline, FileBytes.status(path) == nil { return .empty }
        return try reading {
            let source = try RuleFiles.Source(
                path: PathText.shown(root.relative(path)), bytes: try contents(path, root))
            return try Baseline(json: source.text, path: source.path)
        }
    }

    private static func contents(_ path: [UInt8], _ root: CheckRoot) throws -> [UInt8] {
        do { return try FileBytes.read(path) } catch {
            throw Failure.badInput(
                "`\(PathText.shown(root.relative(path)))` cannot be read: \(error.reason)", hint: "check the path")
        }
    }

    private static func reading<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as RuleError {
            throw Failure.badInput("\(error.location): \(error.message)", hint: error.hint)
        }
    }

    /// Whether something speaks of a check that no gate has by itself, so that the rule files must say if it exists.
    var namesLaw: Bool { !chosen.allSatisfy(Self.isOwn) || !configuration.severities.keys.allSatisfy(Self.isOwn) }

    /// Whether manifests are to be judged: not where nothing but the gate's own checks was chosen.
    var wantsManifests: Bool {
        let areOwn = !chosen.isEmpty && chosen.allSatisfy(Self.isOwn)
        return !areOwn && !(packs.isEmpty && rulePaths.isEmpty)
    }

    private static func isOwn(_ id: String) -> Bool { GateRule.builtIn.contains { $0.id == id } }

    /// The checks that run; nil for all. Throws where a name stands for none.
    func selection(among rules: [GateRule]) throws -> Set<String>? {
        let catalog = GateCatalog(GateRule.builtIn + rules)
        do {
            for rule in configuration.severities.keys.sorted() { try catalog.require(rule) }
            guard !chosen.isEmpty else { return nil }
            return try chosen.reduce(into: []) { $0.formUnion(try catalog.ids(for: $1)) }
        } catch let error as GateCatalog.UnknownRule {
            throw Failure.badInput(
                "there is no check `\(error.name)`", hint: error.suggestion ?? "`hivectl check --list` names them")
        }
    }
}
