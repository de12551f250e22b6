/// Asks for a session in exchange for the code of a link.
public struct OpenDashboard: JSONRecord {
    public var code: String

    public init(code: String) { self.code = code }

    public init(reading fields: inout FieldReader) throws { code = try fields.required("code") }
    public func write(to fields: inout FieldWriter) { fields.put("code", code) }
}
