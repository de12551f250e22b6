/// How far a store has come in sealing everything anew.
public struct KeyRotation: JSONRecord {
    /// Rows looked at, of those that there were when it began.
    public var done: Int
    public var total: Int
    /// Why it does not go on at present; it is tried again.
    public var problem: String?

    public init(done: Int, total: Int, problem: String? = nil) {
        self.done = done
        self.total = total
        self.problem = problem
    }
}

extension KeyRotation {
    public init(reading fields: inout FieldReader) throws {
        done = try fields.required("done")
        total = try fields.required("total")
        problem = try fields.optional("problem")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("done", done)
        fields.put("total", total)
        fields.put("problem", problem)
    }
}
