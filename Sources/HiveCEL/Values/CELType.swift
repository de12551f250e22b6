/// A type as the checker knows it. `dyn` fits everywhere.
public indirect enum CELType: Sendable, Hashable, CustomStringConvertible {
    case dyn
    case null
    case bool
    case int
    case uint
    case double
    case string
    case bytes
    case type
    case list(CELType)
    case map(CELType, CELType)
    /// A declared object.
    case object(String)

    public var description: String {
        switch self {
        case .dyn: "dyn"
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .type: "type"
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .object(let name): name
        }
    }

    /// Whether a value of one type may stand where the other is expected.
    func fits(_ other: CELType) -> Bool {
        switch (self, other) {
        case (.dyn, _), (_, .dyn): true
        case (.list(let left), .list(let right)): left.fits(right)
        case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
            leftKey.fits(rightKey) && leftValue.fits(rightValue)
        default: self == other
        }
    }

    var isNumber: Bool { self == .int || self == .uint || self == .double }
}
