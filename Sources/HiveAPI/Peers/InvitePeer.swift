/// An invitation to be made.
public struct InvitePeer: JSONRecord {
    /// `reader`, `appender`, `writer` or `steward`.
    public var role: String
    /// Default: the scopes that every node of the hive holds.
    public var scopes: [String]?
    /// Seconds; default: as configured.
    public var expiresIn: Int?

    public init(role: String = "writer", scopes: [String]? = nil, expiresIn: Int? = nil) {
        self.role = role
        self.scopes = scopes
        self.expiresIn = expiresIn
    }
}

extension InvitePeer {
    public init(reading fields: inout FieldReader) throws {
        role = try fields.value("role", default: "writer")
        scopes = try fields.optional("scopes")
        expiresIn = try fields.optional("expiresIn")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("role", role)
        fields.putIfPresent("scopes", scopes)
        fields.putIfPresent("expiresIn", expiresIn)
    }
}
