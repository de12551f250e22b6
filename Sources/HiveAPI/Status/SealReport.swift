/// How far a scope is final.
public struct SealReport: JSONRecord {
    public var scope: String
    /// How many operations lie here.
    public var operations: Int
    /// How many of them are sealed.
    public var sealed: Int
    /// Nothing that is sealed is younger than this; nil where nothing is sealed.
    public var until: String?
    /// Members that have not said yet that they hold what is not sealed.
    public var awaits: [String] = []
    /// Members that nobody waits for.
    public var retired: [String] = []

    public init(scope: String, operations: Int, sealed: Int, until: String? = nil) {
        self.scope = scope
        self.operations = operations
        self.sealed = sealed
        self.until = until
    }
}

extension SealReport {
    public init(reading fields: inout FieldReader) throws {
        scope = try fields.required("scope")
        operations = try fields.required("operations")
        sealed = try fields.required("sealed")
        until = try fields.optional("until")
        awaits = try fields.value("awaits", default: [])
        retired = try fields.value("retired", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("scope", scope)
        fields.put("operations", operations)
        fields.put("sealed", sealed)
        fields.put("until", until)
        fields.put("awaits", awaits)
        fields.put("retired", retired)
    }
}
