/// How bad an incident is.
public enum Severity: String, Sendable, Hashable, CaseIterable {
    /// Everybody is hurt, or data is lost.
    case sev1
    /// Many are hurt.
    case sev2
    /// Some are hurt, or there is a way around it.
    case sev3
    /// Hardly anybody notices.
    case sev4

    /// `critical`, `high`, `medium` or `low`.
    public var name: String {
        switch self {
        case .sev1: "critical"
        case .sev2: "high"
        case .sev3: "medium"
        case .sev4: "low"
        }
    }

    /// The severity that a word means: `sev1`, `SEV-1`, `p1`, `1`, `critical`, …; nil for other words.
    public init?(word: String) {
        let word = String(word.lowercased().filter { $0 != "-" && $0 != " " && $0 != "_" })
        let names = ["major": Severity.sev2, "moderate": .sev3, "minor": .sev4, "info": .sev4, "warning": .sev3]
        let found = Self.allCases.first { severity in
            let digit = String(severity.rawValue.suffix(1))
            return [severity.rawValue, severity.name, "p" + digit, digit].contains(word)
        }
        guard let severity = found ?? names[word] else { return nil }
        self = severity
    }
}
