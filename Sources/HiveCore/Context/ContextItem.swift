/// One memory as a context block shows it.
public struct ContextItem: Sendable, Hashable {
    /// Of a long one the block shows the beginning, which is accepted wherever an id is.
    public let id: String
    public let kind: EngramKind
    /// Milliseconds since it was last changed.
    public let age: Int64
    /// How far to believe it, from 0 to 1; nil where nobody said.
    public let confidence: Double?
    public let content: String
    /// Of how many tokens at most its text is shown; nil for all of it.
    public let limit: Int?

    public init(id: String, kind: EngramKind, age: Int64, confidence: Double?, content: String, limit: Int? = nil) {
        self.id = id
        self.kind = kind
        self.age = age
        self.confidence = confidence
        self.content = content
        self.limit = limit
    }

    /// The id as the block shows it: half of all tokens would go for ids otherwise.
    var label: String { String(id.prefix(12)) }

    /// The age in its largest unit: `12s`, `5m`, `3h`, `40d`.
    var ageText: String {
        let seconds = max(0, age) / 1000
        return switch seconds {
        case ..<60: "\(seconds)s"
        case ..<3600: "\(seconds / 60)m"
        case ..<86_400: "\(seconds / 3600)h"
        default: "\(seconds / 86_400)d"
        }
    }

    /// The confidence with two digits behind the point.
    var confidenceText: String? {
        guard let confidence, confidence.isFinite else { return nil }
        let hundredths = Int((min(1, max(0, confidence)) * 100).rounded())
        let digits = hundredths % 100
        return "\(hundredths / 100).\(digits < 10 ? "0" : "")\(digits)"
    }
}
