/// How a check went. What was not measured is never counted as passed.
public enum GateVerdict: String, Sendable, Hashable, CaseIterable {
    case pass
    case fail
    case notApplicable = "not-applicable"
    case notMeasured = "not-measured"
}

extension CheckResult {
    var gateVerdict: GateVerdict {
        switch verdict {
        case .pass: .pass
        case .fail: .fail
        case .notApplicable: .notApplicable
        case .notMeasured: .notMeasured
        }
    }
}
