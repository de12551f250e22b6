import HiveAPI
import HiveCore

/// What settles one conflict: the writes, the memory that stands after them, and the value that it holds then.
struct Settlement {
    let drafts: [Draft]
    let memory: DocumentAddress
    let value: JSONValue
}

/// Works out in one transaction what settles a conflict, and changes nothing.
struct Settler {
    let view: MemoryView
    /// Who looks, for the policies `local` and `remote`.
    let node: NodeID
    let now: Timestamp
    let agent: String?
    /// What beliefs contradict each other about, by the id of the conflict.
    var keys: [String: String] = [:]
    /// The values that the choice was made for; nil where it holds for whatever stands.
    var dots: Set<String>?

    func settlement(of id: String, by request: ResolveConflict) throws -> Settlement {
        id.hasPrefix(Contradiction.prefix)
            ? try settlement(ofBeliefs: id, by: request) : try settlement(ofField: id, by: request)
    }

    /// Throws where others stand than those that the choice was made for.
    func check(_ standing: [Dot]) throws {
        guard let dots, dots != Set(standing.map(\.description)) else { return }
        throw HiveError(.staleVersion, "other values stand there by now", hint: "look at the conflict again")
    }

    static func unknown(_ name: String, or what: String) -> HiveError {
        HiveError(
            .invalidInput, "`\(name)` is no way to settle a conflict",
            hint: "use \(ConflictPolicy.allCases.map(\.rawValue).joined(separator: ", ")) or \(what)")
    }
}
