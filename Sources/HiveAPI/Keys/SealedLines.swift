/// Lines of a journal as an encrypted node wrote them.
public struct SealedLines: JSONRecord {
    /// At most so many at once.
    public static let limit = 1000

    public var lines: [String]

    public init(lines: [String]) { self.lines = lines }
}

extension SealedLines {
    public init(reading fields: inout FieldReader) throws { lines = try fields.required("lines") }
    public func write(to fields: inout FieldWriter) { fields.put("lines", lines) }
}
