/// A token that a browser holds for some hours, in place of the one that opened its session.
public struct DashboardSession: JSONRecord {
    public var token: String
    public var expiresAt: String
    /// What it is allowed: `agent` or `operator`.
    public var role: String

    public init(token: String, expiresAt: String, role: String) {
        self.token = token
        self.expiresAt = expiresAt
        self.role = role
    }
}

extension DashboardSession {
    public init(reading fields: inout FieldReader) throws {
        token = try fields.required("token")
        expiresAt = try fields.required("expiresAt")
        role = try fields.required("role")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("token", token)
        fields.put("expiresAt", expiresAt)
        fields.put("role", role)
    }
}
