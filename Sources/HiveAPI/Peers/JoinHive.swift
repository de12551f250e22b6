/// Taking up an invitation.
public struct JoinHive: JSONRecord {
    public var line: String
    /// Whether documents of the hive left behind are issued again in the new one.
    public var reissue: Bool

    public init(line: String, reissue: Bool = false) {
        self.line = line
        self.reissue = reissue
    }
}

extension JoinHive {
    public init(reading fields: inout FieldReader) throws {
        line = try fields.required("line")
        reissue = try fields.value("reissue", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("line", line)
        fields.put("reissue", reissue)
    }
}
