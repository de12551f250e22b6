/// Which earlier version of a rule is to be pushed again.
public struct RollbackRule: JSONRecord {
    /// A version's number, or the beginning of its digest; nil for the one before the present.
    public var to: String?

    public init(to: String? = nil) { self.to = to }
}

extension RollbackRule {
    public init(reading fields: inout FieldReader) throws { to = try fields.optional("to") }
    public func write(to fields: inout FieldWriter) { fields.putIfPresent("to", to) }
}
