/// Says whether anybody is to wait for a node.
public struct RetirePeer: JSONRecord {
    /// Whether it is back and is to be waited for again.
    public var back: Bool

    public init(back: Bool = false) { self.back = back }
}

extension RetirePeer {
    public init(reading fields: inout FieldReader) throws {
        back = try fields.value("back", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("back", back)
    }
}
