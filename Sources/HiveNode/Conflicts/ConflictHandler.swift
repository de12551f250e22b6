public import HiveAPI

/// Code of an embedder that settles conflicts of the policy `custom`. It is asked at the document's home only, or where
/// somebody resolves with `custom`, beside the writer and without any transaction: it may take its time up to the deadline
/// of the settings, and may ask the node.
public protocol ConflictHandler: Sendable {
    /// Answers for one conflict. What it throws, and what is no answer, leaves the conflict to the fallback policy.
    func settle(_ conflict: Conflict) async throws -> ConflictVerdict
}

/// What a handler says of a conflict.
public enum ConflictVerdict: Sendable, Hashable {
    /// The value with this dot, one of the siblings'.
    case take(String)
    /// A value that replaces all.
    case put(JSONValue)
    /// It stays, and its values with it.
    case leave
    /// A person is to decide.
    case escalate
}

/// A handler that is one closure.
struct ClosureHandler: ConflictHandler {
    let body: @Sendable (Conflict) async throws -> ConflictVerdict

    func settle(_ conflict: Conflict) async throws -> ConflictVerdict { try await body(conflict) }
}
