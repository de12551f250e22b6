/// Settles a fork: what the node that answers holds of it is issued anew, the rest once a peer has sent it.
public struct ResolveFork: JSONRecord {
    /// Histories that nobody has any more count as settled too.
    public var giveUp: Bool
    /// The key is in wrong hands: nothing is issued anew, and its node loses its part in the scope.
    public var compromised: Bool

    public init(giveUp: Bool = false, compromised: Bool = false) {
        self.giveUp = giveUp
        self.compromised = compromised
    }
}

extension ResolveFork {
    public init(reading fields: inout FieldReader) throws {
        giveUp = try fields.value("give_up", default: false)
        compromised = try fields.value("compromised", default: false)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("give_up", giveUp)
        fields.put("compromised", compromised)
    }
}
