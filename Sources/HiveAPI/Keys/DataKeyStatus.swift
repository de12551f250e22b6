/// One of a store's own keys.
public struct DataKeyStatus: JSONRecord {
    /// From 1, in the order in which they were made.
    public var number: Int
    /// The identity of the provider's key that it is wrapped with.
    public var wrappedWith: String
    /// At most how many values it has sealed.
    public var seals: Int

    /// Nonces are random: with so many values under one key it is time for another, long before two may be alike.
    public static let safeSeals = 1 << 31

    public var isWorn: Bool { seals > Self.safeSeals }

    public init(number: Int, wrappedWith: String, seals: Int) {
        self.number = number
        self.wrappedWith = wrappedWith
        self.seals = seals
    }
}

extension DataKeyStatus {
    public init(reading fields: inout FieldReader) throws {
        number = try fields.required("number")
        wrappedWith = try fields.required("wrappedWith")
        seals = try fields.value("seals", default: 0)
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("number", number)
        fields.put("wrappedWith", wrappedWith)
        fields.put("seals", seals)
    }
}
