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
    case timestamp
    case duration
    /// A type as a value; of which type is not known.
    case type
    /// A type as a value.
    case typeOf(CELType)
    case list(CELType)
    case map(CELType, CELType)
    case optional(CELType)
    /// A declared object.
    case object(String)
    /// A type of the host with parameters.
    case abstract(String, [CELType])
    /// In the signature of a function: any type, but the same one wherever the name stands.
    case parameter(String)
    /// A type that the checker has yet to find out.
    case unknown(Int)

    public var description: String {
        switch self {
        case .dyn, .unknown: "dyn"
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .type: "type"
        case .typeOf(let type): "type(\(type))"
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .optional(let type): "optional_type(\(type))"
        case .object(let name), .parameter(let name): name
        case .abstract(let name, let parameters):
            "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
        }
    }

    /// The same type with every part replaced that the function answers for.
    func replacing(_ replacement: (CELType) -> CELType?) -> CELType {
        if let other = replacement(self) { return other }
        return switch self {
        case .list(let element): .list(element.replacing(replacement))
        case .map(let key, let value): .map(key.replacing(replacement), value.replacing(replacement))
        case .optional(let type): .optional(type.replacing(replacement))
        case .typeOf(let type): .typeOf(type.replacing(replacement))
        case .abstract(let name, let parameters): .abstract(name, parameters.map { $0.replacing(replacement) })
        default: self
        }
    }
}
