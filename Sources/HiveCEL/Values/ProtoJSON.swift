/// Values and types in the JSON form of `cel.expr.Value` and `cel.expr.Type`, in which other implementations exchange
/// them. The JSON itself is a ``Value`` of maps, lists, texts and numbers; see ``JSONText``.
public enum ProtoJSON {
    /// Why a JSON is no value or type.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        public let message: String
        public var description: String { message }

        init(_ message: String) { self.message = message }
    }

    private static let typePrefix = "type.googleapis.com/"

    // MARK: Values

    /// The value that a JSON such as `{"int64Value": "1"}` stands for.
    public static func value(_ json: Value) throws(Failure) -> Value {
        guard case .map(let map) = json, map.count == 1, case .string(let kind) = map.entries[0].key else {
            throw Failure("a value must be an object with one key, such as `int64Value`")
        }
        let content = map.entries[0].value
        switch (kind, content) {
        case ("nullValue", _): return .null
        case ("boolValue", .bool): return content
        case ("stringValue", .string): return content
        case ("typeValue", .string(let name)): return .type(name)
        case ("int64Value", _): if let number = integer(content, as: Int64.self) { return .int(number) }
        case ("uint64Value", _): if let number = integer(content, as: UInt64.self) { return .uint(number) }
        case ("doubleValue", _): if let number = double(content) { return .double(number) }
        case ("bytesValue", .string(let text)): if let bytes = Base64.decode(text) { return .bytes(bytes) }
        case ("listValue", .map(let list)): return .list(try values(list["values"]))
        case ("mapValue", .map(let content)): return try self.map(content["entries"])
        case ("objectValue", .map(let object)): return try self.object(object)
        default: break
        }
        throw Failure("`\(kind)` cannot be \(JSONText.render(content))")
    }

    private static func integer<Number: FixedWidthInteger>(_ json: Value, as: Number.Type) -> Number? {
        switch json {
        case .string(let text): Number(text)
        case .int(let number): Number(exactly: number)
        default: nil
        }
    }

    private static func double(_ json: Value) -> Double? {
        switch json {
        case .double(let number): number
        case .int(let number): Double(number)
        case .string("NaN"): .nan
        case .string("Infinity"): .infinity
        case .string("-Infinity"): -.infinity
        default: nil
        }
    }

    private static func values(_ json: Value?) throws(Failure) -> [Value] {
        guard case .list(let elements)? = json else { return [] }
        var result: [Value] = []
        for element in elements { result.append(try value(element)) }
        return result
    }

    private static func map(_ json: Value?) throws(Failure) -> Value {
        guard case .list(let entries)? = json else { return .map(ValueMap()) }
        var result = ValueMap()
        for entry in entries {
            guard case .map(let entry) = entry, let key = entry["key"], let content = entry["value"] else {
                throw Failure("an entry of a map needs `key` and `value`")
            }
            guard result.insert(try value(content), for: try value(key)) else {
                throw Failure("a map has the key \(JSONText.render(key)) twice, or a key of a type that none may have")
            }
        }
        return .map(result)
    }

    private static func object(_ json: ValueMap) throws(Failure) -> Value {
        guard case .string(let type)? = json["@type"], case .string(let text)? = json["value"] else {
            throw Failure("an object needs `@type` and a text as its `value`")
        }
        let name = type.hasPrefix(typePrefix) ? String(type.dropFirst(typePrefix.utf8.count)) : type
        switch name {
        case Timestamp.typeName:
            if let timestamp = Timestamp(text) { return .timestamp(timestamp) }
        case Duration64.typeName:
            do throws(Duration64.Failure) { return .duration(try Duration64(text)) } catch {
                throw Failure("`\(text)` is no duration")
            }
        default: break
        }
        throw Failure("`\(text)` is no value of the type `\(name)`")
    }

    /// The JSON of a value.
    public static func json(_ value: Value) -> Value {
        switch value {
        case .null: one("nullValue", .null)
        case .bool: one("boolValue", value)
        case .int(let number): one("int64Value", .string(String(number)))
        case .uint(let number): one("uint64Value", .string(String(number)))
        case .double(let number):
            one(
                "doubleValue",
                number.isFinite ? value : .string(number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"))
        case .string: one("stringValue", value)
        case .bytes(let bytes): one("bytesValue", .string(Base64.encode(bytes)))
        case .type(let name): one("typeValue", .string(name))
        case .list(let values): one("listValue", one("values", .list(values.map(json))))
        case .map(let map):
            one(
                "mapValue",
                one(
                    "entries",
                    .list(map.entries.map { .map(ValueMap(["key": json($0.key), "value": json($0.value)])) })))
        case .object(let object): one("objectValue", json(object))
        }
    }

    private static func json(_ object: any ObjectValue) -> Value {
        if let optional = object as? OptionalValue {
            let content: [String: Value] = optional.value.map { ["value": json($0)] } ?? [:]
            return .map(ValueMap(content.merging(["@type": .string(object.typeName)]) { first, _ in first }))
        }
        let text = object.text.map { Value.string(isTime(object) ? withFractionInThrees($0) : $0) }
        return .map(ValueMap(["@type": .string(typePrefix + object.typeName), "value": text ?? .null]))
    }

    private static func isTime(_ object: any ObjectValue) -> Bool { object is Timestamp || object is Duration64 }

    /// Protocol buffers write three, six or nine digits of a second, as in `1.500s`.
    private static func withFractionInThrees(_ text: String) -> String {
        let parts = text.utf8.split(separator: UInt8(ascii: "."))
        guard parts.count == 2, let unit = parts[1].last else { return text }
        let digits = Substring(parts[1].dropLast())
        let zeros = String(repeating: "0", count: (3 - digits.utf8.count % 3) % 3)
        return Substring(parts[0]) + "." + digits + zeros + String(Unicode.Scalar(unit))
    }

    private static func one(_ key: String, _ value: Value) -> Value { .map(ValueMap([key: value])) }

    // MARK: Types

    private static let primitives: [String: CELType] = [
        "BOOL": .bool, "INT64": .int, "UINT64": .uint, "DOUBLE": .double, "STRING": .string, "BYTES": .bytes,
    ]

    private static let unsaid = Value.map(ValueMap())

    /// The type that a JSON such as `{"primitive": "INT64"}` stands for.
    public static func type(_ json: Value) throws(Failure) -> CELType {
        guard case .map(let map) = json, map.count <= 1 else {
            throw Failure("a type must be an object with one key, such as `primitive`")
        }
        // Nothing said is nothing known.
        guard let (key, content) = map.entries.first, case .string(let kind) = key else { return .dyn }
        switch (kind, content) {
        case ("dyn", _), ("error", _): return .dyn
        case ("null", _): return .null
        case ("primitive", .string(let name)), ("wrapper", .string(let name)):
            if let type = primitives[name] { return type }
        case ("wellKnown", .string("TIMESTAMP")): return .timestamp
        case ("wellKnown", .string("DURATION")): return .duration
        case ("wellKnown", .string("ANY")): return .dyn
        case ("typeParam", .string(let name)): return .parameter(name)
        case ("messageType", .string(Timestamp.typeName)): return .timestamp
        case ("messageType", .string(Duration64.typeName)): return .duration
        case ("messageType", .string(let name)): return .object(name)
        case ("listType", .map(let list)): return .list(try type(list["elemType"] ?? unsaid))
        case ("mapType", .map(let map)):
            return .map(try type(map["keyType"] ?? unsaid), try type(map["valueType"] ?? unsaid))
        case ("type", .map(let inner)): return inner.count == 0 ? .type : .typeOf(try type(content))
        case ("abstractType", .map(let abstract)): return try self.abstract(abstract)
        default: break
        }
        throw Failure("there is no type `\(kind)` with \(JSONText.render(content))")
    }

    private static func abstract(_ json: ValueMap) throws(Failure) -> CELType {
        guard case .string(let name)? = json["name"] else { throw Failure("an abstract type needs a `name`") }
        var parameters: [CELType] = []
        if case .list(let types)? = json["parameterTypes"] {
            for element in types { parameters.append(try type(element)) }
        }
        if name == OptionalValue.typeName, parameters.count == 1 { return .optional(parameters[0]) }
        return parameters.isEmpty ? .object(name) : .abstract(name, parameters)
    }

    /// What a `function` declares: one declaration for its member overloads, one for the others. Without an
    /// implementation, calling it is an error.
    static func functions(_ name: String, _ json: ValueMap) throws(Failure) -> [FunctionDeclaration] {
        guard case .list(let overloads)? = json["overloads"] else { throw Failure("a function needs `overloads`") }
        var signatures: [Bool: [FunctionDeclaration.Signature]] = [:]
        for overload in overloads {
            guard case .map(let overload) = overload else { throw Failure("an overload must be an object") }
            var parameters: [CELType] = []
            if case .list(let types)? = overload["params"] {
                for element in types { parameters.append(try type(element)) }
            }
            let result = try type(overload["resultType"] ?? unsaid)
            let isMember = if case .bool(true)? = overload["isInstanceFunction"] { true } else { false }
            signatures[isMember, default: []].append(FunctionDeclaration.Signature(parameters, result))
        }
        return [false, true].compactMap { isMember in
            guard let signatures = signatures[isMember] else { return nil }
            let counts = signatures.map(\.parameters.count)
            return FunctionDeclaration(
                name, isMember: isMember, arity: (counts.min() ?? 0)...(counts.max() ?? 0), signatures: signatures
            ) { _ throws(EvaluationError) in
                throw EvaluationError(.unknownFunction, "`\(name)` is declared, but has no implementation")
            }
        }
    }
}
