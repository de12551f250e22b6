import HiveAPI
import HiveCEL
import HiveCore

extension JSONValue {
    /// The same value as it is kept in operations.
    var cbor: CBORValue {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): .integer(value)
        case .number(let value): .double(value)
        case .string(let value): .text(value)
        case .array(let values): .array(values.map(\.cbor))
        case .object(let fields): .map(fields.mapValues(\.cbor))
        }
    }

    init(_ value: CBORValue) {
        switch value {
        case .unsigned(let number): self = Int64(exactly: number).map(JSONValue.integer) ?? .number(Double(number))
        case .negative: self = value.integer.map(JSONValue.integer) ?? .null
        case .bytes(let bytes): self = .string(Base64URL.encode(bytes))
        case .text(let text): self = .string(text)
        case .array(let values): self = .array(values.map(JSONValue.init))
        case .map(let entries):
            var fields: [String: JSONValue] = [:]
            for entry in entries { fields[entry.key.text ?? ""] = JSONValue(entry.value) }
            self = .object(fields)
        case .bool(let value): self = .bool(value)
        case .null: self = .null
        case .double(let number): self = .number(number)
        }
    }

    /// The same value as rules see it.
    var cel: HiveCEL.Value {
        switch self {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): .int(value)
        case .number(let value): .double(value)
        case .string(let value): .string(value)
        case .array(let values): .list(values.map(\.cel))
        case .object(let fields): .map(ValueMap(fields.mapValues(\.cel)))
        }
    }

    init(_ value: HiveCEL.Value) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .int(let number): self = .integer(number)
        case .uint(let number): self = Int64(exactly: number).map(JSONValue.integer) ?? .number(Double(number))
        case .double(let number): self = .number(number)
        case .string(let text), .type(let text): self = .string(text)
        case .bytes(let bytes): self = .string(Base64URL.encode(bytes))
        case .list(let values): self = .array(values.map { JSONValue($0) })
        case .map(let map):
            var fields: [String: JSONValue] = [:]
            for entry in map.entries {
                guard case .string(let key) = entry.key else { continue }
                fields[key] = JSONValue(entry.value)
            }
            self = .object(fields)
        case .object(let object): self = .string(object.typeName)
        }
    }
}
