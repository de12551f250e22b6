/// A node that holds a scope.
public struct ScopeMember: JSONRecord {
    public var node: String
    public var name: String?
    public var role: String

    public init(node: String, name: String? = nil, role: String) {
        self.node = node
        self.name = name
        self.role = role
    }
}

extension ScopeMember {
    public init(reading fields: inout FieldReader) throws {
        node = try fields.required("node")
        name = try fields.optional("name")
        role = try fields.required("role")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("node", node)
        fields.put("name", name)
        fields.put("role", role)
    }
}
