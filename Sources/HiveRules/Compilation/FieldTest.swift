/// What a guard asks of a text of the input; texts are compared byte by byte.
enum FieldTest: Sendable, Hashable, CustomStringConvertible {
    case equals(String)
    case prefix(String)
    case suffix(String)
    case contains(String)
    /// A flag of a command: `-f` or `--force`, as `hasFlag` sees it.
    case flag(String)

    /// The text that is looked for.
    var needle: String {
        switch self {
        case .equals(let text), .prefix(let text), .suffix(let text), .contains(let text), .flag(let text): text
        }
    }

    /// Whether a text passes; flags are asked of commands instead.
    func passes(_ text: String) -> Bool {
        switch self {
        case .equals(let expected): Bytes.areEqual(text, expected)
        case .prefix(let expected): Bytes.hasPrefix(text, expected)
        case .suffix(let expected): Bytes.hasSuffix(text, expected)
        case .contains(let expected): Bytes.contains(text, expected)
        case .flag: false
        }
    }

    var description: String {
        switch self {
        case .equals(let text): text
        case .prefix(let text): text + "…"
        case .suffix(let text): "…" + text
        case .contains(let text): "…" + text + "…"
        case .flag(let text): text
        }
    }
}
