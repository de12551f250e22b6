/// A token that was just made: the only time that it is shown.
public struct IssuedToken: JSONRecord {
    /// What its holder sends as `Authorization: Bearer`.
    public var token: String
    public var details: AccessToken

    public init(token: String, details: AccessToken) {
        self.token = token
        self.details = details
    }
}

extension IssuedToken {
    public init(reading fields: inout FieldReader) throws {
        token = try fields.required("token")
        details = try fields.required("details")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("token", token)
        fields.put("details", details)
    }
}
