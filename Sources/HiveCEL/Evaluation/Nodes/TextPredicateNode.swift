/// `contains`, `startsWith` and `endsWith`.
final class TextPredicateNode: Node {
    enum Kind: String {
        case contains
        case startsWith
        case endsWith
    }

    private let text: any Node
    private let part: any Node
    private let kind: Kind
    private let position: SourcePosition

    init(_ text: any Node, _ part: any Node, _ kind: Kind, at position: SourcePosition) {
        self.text = text
        self.part = part
        self.kind = kind
        self.position = position
    }

    func evaluate(_ frame: inout Frame) throws(EvaluationError) -> Value {
        let left = try text.evaluate(&frame)
        let right = try part.evaluate(&frame)
        guard case .string(let text) = left, case .string(let part) = right else {
            throw FunctionDeclaration.mismatch(kind.rawValue, [left, right]).located(at: position)
        }
        switch kind {
        case .contains:
            try frame.spend(1 + (text.utf8.count + part.utf8.count) >> 4)
            return .bool(Text.contains(text, part))
        case .startsWith:
            try frame.spend(1 + part.utf8.count >> 4)
            return .bool(Text.hasPrefix(text, part))
        case .endsWith:
            try frame.spend(1 + part.utf8.count >> 4)
            return .bool(Text.hasSuffix(text, part))
        }
    }
}
