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

    /// One of the words of an enumeration. Throws `invalid_input` listing them for anything else.
    public func word<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) throws -> Word {
        guard let text = value.string else { throw mismatch("a string") }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
            throw HiveError(.invalidInput, "`\(path)` cannot be `\(text)`", hint: "it is one of \(words)")
        }
        return word
    }
}
