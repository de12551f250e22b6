/// A pattern that is plain text, perhaps tied to the beginning or the end: found without an automaton.
struct LiteralPattern: Sendable {
    private let text: String
    private let isAtStart: Bool
    private let isAtEnd: Bool

    /// Nil for any other pattern.
    init?(_ node: RegexNode) {
        var items: [RegexNode]
        switch node {
        case .sequence(let nodes): items = nodes
        case .set, .assertion: items = [node]
        default: return nil
        }
        isAtStart = if case .assertion(.textStart)? = items.first { true } else { false }
        if isAtStart { items.removeFirst() }
        isAtEnd = if case .assertion(.textEnd)? = items.last { true } else { false }
        if isAtEnd { items.removeLast() }
        var scalars = String.UnicodeScalarView()
        for item in items {
            guard case .set(let set) = item, let scalar = set.single else { return nil }
            scalars.append(scalar)
        }
        text = String(scalars)
    }

    func matches(_ subject: String) -> Bool {
        switch (isAtStart, isAtEnd) {
        case (true, true): Text.areEqual(subject, text)
        case (true, false): Text.hasPrefix(subject, text)
        case (false, true): Text.hasSuffix(subject, text)
        case (false, false): Text.contains(subject, text)
        }
    }
}
