/// Where a node is waited for no more, or again.
public struct RetirementAnswer: JSONRecord {
    public var node: String
    public var retired: Bool
    public var scopes: [String]

    public init(node: String, retired: Bool, scopes: [String] = []) {
        self.node = node
        self.retired = retired
        self.scopes = scopes
    }
}

extension RetirementAnswer {
    public init(reading fields: inout FieldReader) throws {
        node = try fields.required("node")
        retired = try fields.required("retired")
        scopes = try fields.value("scopes", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("node", node)
        fields.put("retired", retired)
        fields.put("scopes", scopes)
    }
}
