public import HiveAPI
import HiveCEL

/// Conditions on memories, in CEL: what is made core knowledge, and what is put into the archive.
public struct LifecyclePolicy: Sendable {
    private let core: Program?
    private let archive: Program?

    /// What a condition answers about one memory.
    enum Verdict: Sendable, Hashable {
        case yes
        case no
        /// It could not be answered, so nothing is done; the text says why.
        case failed(String)
    }

    /// Throws `invalid_input` with the condition's name, the place in it, and what to do.
    public init(core: String? = nil, archive: String? = nil) throws(HiveError) {
        self.core = try core.map { text throws(HiveError) in try Self.compile(text, name: "lifecycle.core") }
        self.archive = try archive.map { text throws(HiveError) in try Self.compile(text, name: "lifecycle.archive") }
    }

    /// Without conditions.
    public init() {
        core = nil
        archive = nil
    }

    public var coreSource: String? { core?.source }
    public var archiveSource: String? { archive?.source }
    var isEmpty: Bool { core == nil && archive == nil }

    func makesCore(_ evidence: PolicyEvidence) -> Verdict { Self.ask(core, evidence) }
    func archives(_ evidence: PolicyEvidence) -> Verdict { Self.ask(archive, evidence) }

    private static let environment: Environment = PolicyEvidence.variables.reduce(Environment.standard) {
        $0.declaring(variable: $1.name, as: $1.type)
    }

    private static func compile(_ text: String, name: String) throws(HiveError) -> Program {
        let program: Program
        do { program = try Program.compile(text, in: environment) } catch {
            let known = PolicyEvidence.variables.map(\.name).joined(separator: ", ")
            throw HiveError(
                .invalidInput, "the condition `\(name)` is wrong at \(error.position): \(error.message)",
                hint: error.hint.isEmpty ? "it may ask for \(known)" : error.hint)
        }
        guard [.bool, .dyn].contains(program.resultType) else {
            throw HiveError(
                .invalidInput, "the condition `\(name)` answers \(program.resultType), not true or false",
                hint: "compare it with something, as in uses > 10")
        }
        return program
    }

    private static func ask(_ program: Program?, _ evidence: PolicyEvidence) -> Verdict {
        guard let program else { return .no }
        switch program.evaluate(DictionaryActivation(evidence.values)) {
        case .success(.bool(true)): return .yes
        case .success(.bool(false)): return .no
        case .success(let other): return .failed("it answered \(other.typeName), not true or false")
        case .failure(let error): return .failed("\(error)")
        }
    }
}
