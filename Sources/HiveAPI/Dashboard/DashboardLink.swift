/// A way into the dashboard that works once.
public struct DashboardLink: JSONRecord {
    /// Exchanged for a session, once.
    public var code: String
    public var expiresAt: String
    /// What the session will be allowed.
    public var role: String

    public init(code: String, expiresAt: String, role: String) {
        self.code = code
        self.expiresAt = expiresAt
        self.role = role
    }

    /// The page at `api` that signs in by itself. What stands behind `#` is never sent to a server.
    public func url(at api: String) -> String { "\(api)/#code=\(code)" }
}

extension DashboardLink {
    public init(reading fields: inout FieldReader) throws {
        code = try fields.required("code")
        expiresAt = try fields.required("expiresAt")
        role = try fields.required("role")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("code", code)
        fields.put("expiresAt", expiresAt)
        fields.put("role", role)
    }
}
