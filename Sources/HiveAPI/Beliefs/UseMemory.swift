/// Says that a memory was of use.
public struct UseMemory: JSONRecord {
    /// 1 to 1000.
    public var times: Int

    public init(times: Int = 1) {
        self.times = times
    }
}

extension UseMemory {
    public init(reading fields: inout FieldReader) throws {
        times = try fields.value("times", default: 1)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("times", times)
    }
}
