/// The same lines as they were before they were sealed, in the same order.
public struct OpenedLines: JSONRecord {
    public var lines: [String]

    public init(lines: [String]) { self.lines = lines }
}

extension OpenedLines {
    public init(reading fields: inout FieldReader) throws { lines = try fields.required("lines") }
    public func write(to fields: inout FieldWriter) { fields.put("lines", lines) }
}
