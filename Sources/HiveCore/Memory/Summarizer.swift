/// Writes one text that says what several say. What it writes is kept as derived, under its name.
public protocol Summarizer: Sendable {
    /// Names what summarises, and its version.
    var name: String { get }
    /// One text for all of them. Throws where none can be had; the caller goes on without.
    func summary(of texts: [String]) async throws -> String
    /// How it is with the server that a language model runs on; nil where there is none.
    var server: ModelServerReport? { get }
}

extension Summarizer {
    public var server: ModelServerReport? { nil }
}
