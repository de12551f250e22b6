/// A JSON value about to be read as something, and where it stood.
public struct JSONSource: Sendable {
    public let value: JSONValue
    /// Where the value stood, for messages: `links[0].target`; empty at the top.
    public let path: String
    /// Whether fields that nobody asked for are errors. Requests are strict; answers of a newer node are not.
    public let isStrict: Bool

    public init(_ value: JSONValue, path: String = "", isStrict: Bool = false) {
        self.value = value
        self.path = path
        self.isStrict = isStrict
    }

    /// The error for a value of the wrong type.
    public func mismatch(_ expected: String) -> HiveError {
        let what = path.isEmpty ? "the value" : "`\(path)`"
        return HiveError(.invalidInput, "\(what) must be \(expected), not \(value.typeName)")
    }
}
