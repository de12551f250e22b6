/// How a node's store is encrypted at rest.
public struct KeyStatus: JSONRecord {
    public var encrypted: Bool
    /// `aes-256-gcm`; nil where nothing is encrypted.
    public var cipher: String?
    /// Where the keys come from, for people.
    public var place: String?
    /// The identity of the key that would wrap data keys now; nil where the provider does not say.
    public var currentKey: String?
    /// Why the provider does not say.
    public var problem: String?
    /// The store's own keys, wrapped; values are sealed with the last one.
    public var dataKeys: [DataKeyStatus]
    /// What is sealed anew at present; nil where all is sealed with the last data key.
    public var rotation: KeyRotation?

    public init(encrypted: Bool, dataKeys: [DataKeyStatus] = []) {
        self.encrypted = encrypted
        self.dataKeys = dataKeys
    }

    /// Whether the provider has another key than the one that wraps the newest data key.
    public var isBehind: Bool { currentKey.map { $0 != dataKeys.last?.wrappedWith } ?? false }
}

extension KeyStatus {
    public init(reading fields: inout FieldReader) throws {
        encrypted = try fields.required("encrypted")
        cipher = try fields.optional("cipher")
        place = try fields.optional("place")
        currentKey = try fields.optional("currentKey")
        problem = try fields.optional("problem")
        dataKeys = try fields.value("dataKeys", default: [])
        rotation = try fields.optional("rotation")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("encrypted", encrypted)
        fields.put("cipher", cipher)
        fields.put("place", place)
        fields.put("currentKey", currentKey)
        fields.put("problem", problem)
        fields.put("dataKeys", dataKeys)
        fields.put("rotation", rotation)
    }
}
