public import HiveCEL

/// One thing that follows from a rule.
public struct HAIveMindAction: Sendable {
    public var type: Kind
    /// The behaviour that is changed, checked or vetoed.
    public var target: String
    public var value: Value
    public var parameters = ValueMap()
    public var extra = ValueMap()

    /// What is done.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case set
        case append
        case merge
        case validate
        case block
        case transform
        case invoke
    }

    init(type: Kind, target: String, value: Value) {
        self.type = type
        self.target = target
        self.value = value
    }

    /// The action as a mapping of the format.
    var asValue: Value {
        Mapping.value(
            [
                ("action_type", .string(type.rawValue)), ("target", .string(target)), ("value", value),
                ("parameters", .map(parameters)),
            ], extra: extra)
    }

    /// Whether it vetoes anything: a block with the value false does not.
    var isVeto: Bool {
        guard type == .block else { return false }
        switch value {
        case .bool(false), .null: return false
        default: return true
        }
    }
}
