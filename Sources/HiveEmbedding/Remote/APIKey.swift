/// A key that a server wants to see. Printing one shows nothing of it.
public struct APIKey: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    let text: String

    /// Nil for a text that cannot stand in a header: empty, or with anything but visible ASCII.
    public init?(_ text: String) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        self.text = text
    }

    public var description: String { "(a key)" }

    public var customMirror: Mirror { Mirror(self, children: []) }

    /// A text in which the key is replaced, as servers repeat what they were sent.
    func hidden(in other: String) -> String {
        var output = ""
        var rest = Substring(other)
        while let match = rest.firstRange(of: text) {
            output += rest[..<match.lowerBound] + description
            rest = rest[match.upperBound...]
        }
        return output + rest
    }
}
