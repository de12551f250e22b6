/// An invitation: one line for `peers join` on the other machine.
public struct Invitation: JSONRecord {
    /// Single use; secret.
    public var line: String
    public var expiresAt: String
    public var role: String
    public var scopes: [String]
    /// Where this node listens for the guest: `HOST:PORT`.
    public var address: String
    /// Whether the peer listener was opened for this.
    public var opened: Bool

    public init(
        line: String, expiresAt: String, role: String, scopes: [String] = [], address: String, opened: Bool = false
    ) {
        self.line = line
        self.expiresAt = expiresAt
        self.role = role
        self.scopes = scopes
        self.address = address
        self.opened = opened
    }
}

extension Invitation {
    public init(reading fields: inout FieldReader) throws {
        line = try fields.required("line")
        expiresAt = try fields.required("expiresAt")
        role = try fields.required("role")
        scopes = try fields.value("scopes", default: [])
        address = try fields.required("address")
        opened = try fields.value("opened", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("line", line)
        fields.put("expiresAt", expiresAt)
        fields.put("role", role)
        fields.put("scopes", scopes)
        fields.put("address", address)
        fields.put("opened", opened)
    }
}
