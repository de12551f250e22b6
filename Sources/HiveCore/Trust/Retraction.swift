/// Why a memory was taken back.
public struct Retraction: Sendable, Hashable {
    public let reason: String
    /// The id of the memory that stands in its place.
    public let kept: String?
    /// The status that it had before.
    public let former: String?

    public init(reason: String, kept: String? = nil, former: String? = nil) {
        self.reason = reason
        self.kept = kept
        self.former = former
    }

    public var value: CBORValue {
        let texts = [("former", former), ("kept", kept), ("reason", reason)]
        return .map(
            Dictionary(uniqueKeysWithValues: texts.compactMap { name, text in text.map { (name, CBORValue.text($0)) } })
        )
    }

    init?(_ value: CBORValue) {
        guard let reason = value["reason"]?.text else { return nil }
        self.init(reason: reason, kept: value["kept"]?.text, former: value["former"]?.text)
    }
}
