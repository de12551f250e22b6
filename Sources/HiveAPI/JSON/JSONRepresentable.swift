/// What has a JSON form of its own, written by hand: renaming a property never changes the form.
public protocol JSONRepresentable: Sendable {
    init(json source: JSONSource) throws
    var json: JSONValue { get }
    /// What the form looks like, for descriptions of interfaces.
    static var shape: JSONShape { get }
}

extension JSONRepresentable {
    /// Reads a request: unknown fields are errors.
    public static func strict(_ json: JSONValue) throws -> Self {
        try Self(json: JSONSource(json, isStrict: true))
    }

    /// Reads an answer: fields of a newer version are passed over.
    public static func lenient(_ json: JSONValue) throws -> Self {
        try Self(json: JSONSource(json))
    }
}

extension JSONValue: JSONRepresentable {
    public init(json source: JSONSource) { self = source.value }
    public var json: JSONValue { self }
    public static var shape: JSONShape { .anything }
}

extension String: JSONRepresentable {
    public init(json source: JSONSource) throws {
        guard let value = source.value.string else { throw source.mismatch("a string") }
        self = value
    }
    public var json: JSONValue { .string(self) }
    public static var shape: JSONShape { .string }
}

extension Bool: JSONRepresentable {
    public init(json source: JSONSource) throws {
        guard let value = source.value.bool else { throw source.mismatch("true or false") }
        self = value
    }
    public var json: JSONValue { .bool(self) }
    public static var shape: JSONShape { .boolean }
}

extension Int: JSONRepresentable {
    public init(json source: JSONSource) throws {
        guard let value = source.value.integer, let whole = Int(exactly: value) else {
            throw source.mismatch("a whole number")
        }
        self = whole
    }
    public var json: JSONValue { .integer(Int64(self)) }
    public static var shape: JSONShape { .integer }
}

extension Double: JSONRepresentable {
    public init(json source: JSONSource) throws {
        guard let value = source.value.double else { throw source.mismatch("a number") }
        self = value
    }
    public var json: JSONValue { .number(self) }
    public static var shape: JSONShape { .number }
}

extension Array: JSONRepresentable where Element: JSONRepresentable {
    public init(json source: JSONSource) throws {
        guard let values = source.value.array else { throw source.mismatch("an array") }
        self = try values.enumerated().map { index, value in
            try Element(json: JSONSource(value, path: "\(source.path)[\(index)]", isStrict: source.isStrict))
        }
    }
    public var json: JSONValue { .array(map(\.json)) }
    public static var shape: JSONShape { .array(of: Element.shape) }
}

extension Dictionary: JSONRepresentable where Key == String, Value: JSONRepresentable {
    public init(json source: JSONSource) throws {
        guard let members = source.value.object else { throw source.mismatch("an object") }
        self = [:]
        for name in members.keys.sorted() {
            guard let value = members[name] else { continue }
            let path = source.path.isEmpty ? name : "\(source.path).\(name)"
            self[name] = try Value(json: JSONSource(value, path: path, isStrict: source.isStrict))
        }
    }
    public var json: JSONValue { .object(mapValues(\.json)) }
    public static var shape: JSONShape { .dictionary(of: Value.shape) }
}
