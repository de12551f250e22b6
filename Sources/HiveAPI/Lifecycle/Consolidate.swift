/// Asks for what is done each night, now.
public struct Consolidate: JSONRecord {
    /// Says what would be done, and does nothing.
    public var dryRun: Bool

    public init(dryRun: Bool = false) { self.dryRun = dryRun }

    public init(reading fields: inout FieldReader) throws { dryRun = try fields.value("dryRun", default: false) }
    public func write(to fields: inout FieldWriter) { fields.put("dryRun", dryRun) }
}
