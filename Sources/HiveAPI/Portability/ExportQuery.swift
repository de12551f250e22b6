/// Which memories to export: the filters of a search, without words; all that this node holds where nothing is said.
public struct ExportQuery: JSONRecord {
    public var filters: MemoryQuery

    public init(_ filters: MemoryQuery = MemoryQuery()) { self.filters = filters }

    /// What a search can be asked and an export cannot.
    private static let excluded = ["q", "limit", "cursor", "semantic", "explain"]

    public static var shape: JSONShape {
        guard var schema = MemoryQuery.shape.schema.object, var properties = schema["properties"]?.object else {
            return MemoryQuery.shape
        }
        for name in excluded { properties[name] = nil }
        schema["properties"] = .object(properties)
        return JSONShape(schema: .object(schema), sample: [:])
    }
}

extension ExportQuery {
    public init(reading fields: inout FieldReader) throws { filters = try MemoryQuery(reading: &fields) }

    public func write(to fields: inout FieldWriter) {
        var all = FieldWriter()
        filters.write(to: &all)
        for (name, value) in all.object.object ?? [:] where !Self.excluded.contains(name) { fields.put(name, value) }
    }
}
