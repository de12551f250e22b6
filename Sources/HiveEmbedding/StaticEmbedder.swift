public import HiveCore

/// The embedder that comes with Hive: adds up a row of a table for each token of a text.
///
/// Needs no network, no model server and no start-up. It knows no order of words and no negation, and mostly English; a
/// server with a real model behind the same port does better.
public struct StaticEmbedder: Embedder {
    public let model = "hive-static-256"
    public let dimensions = TokenTable.dimensions

    public init() {}

    /// Never throws.
    public func embed(_ texts: [String]) async throws -> [[Float]?] { texts.map(vector) }

    /// A unit vector; nil where the text has no token that the table knows.
    public func vector(of text: String) -> [Float]? {
        let tokens = Tokenizer.tokens(of: text).filter { $0 != WordPieces.unknown }
        guard !tokens.isEmpty else { return nil }
        let sum = TokenTable.sum(of: tokens)
        let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? sum.map { $0 / length } : nil
    }
}
