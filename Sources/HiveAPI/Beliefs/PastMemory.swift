/// A memory as it was at a time. In JSON: the memory's fields with `at` and `gone` beside them.
public struct PastMemory: JSONRecord {
    public var memory: Memory
    /// RFC 3339.
    public var at: String
    /// The fields that were written by then and whose bytes have been erased since.
    public var gone: [String]

    public init(memory: Memory, at: String, gone: [String] = []) {
        self.memory = memory
        self.at = at
        self.gone = gone
    }
}

extension PastMemory {
    public init(reading fields: inout FieldReader) throws {
        memory = try Memory(reading: &fields)
        at = try fields.required("at")
        gone = try fields.value("gone", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        memory.write(to: &fields)
        fields.put("at", at)
        fields.put("gone", gone)
    }
}
