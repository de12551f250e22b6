/// Counts over all memories that a node may show.
public struct MemoryStatistics: JSONRecord {
    /// Memories that a search can find.
    public var memories: Int
    public var byKind: [String: Int]
    public var byScope: [String: Int]
    /// The 100 most frequent; none at all is `-`.
    public var byCategory: [String: Int]
    /// The 100 most frequent; none at all is `-`.
    public var byAgent: [String: Int]
    /// What is known of them: as their authors wrote it; none at all is `-`.
    public var byStatus: [String: Int]
    public var contested: Int
    public var forgotten: Int
    public var erased: Int
    public var expired: Int
    public var archived: Int
    /// The texts that are searched, in bytes of UTF-8.
    public var textBytes: Int
    /// Changed memories whose meaning is not known to the search yet.
    public var unseen: Int
    /// When the first was made.
    public var oldest: String?
    /// When the last was changed.
    public var newest: String?

    public init(
        memories: Int, byKind: [String: Int] = [:], byScope: [String: Int] = [:], byCategory: [String: Int] = [:],
        byAgent: [String: Int] = [:], byStatus: [String: Int] = [:], contested: Int, forgotten: Int, erased: Int,
        expired: Int, archived: Int, textBytes: Int, unseen: Int, oldest: String? = nil, newest: String? = nil
    ) {
        self.memories = memories
        self.byKind = byKind
        self.byScope = byScope
        self.byCategory = byCategory
        self.byAgent = byAgent
        self.byStatus = byStatus
        self.contested = contested
        self.forgotten = forgotten
        self.erased = erased
        self.expired = expired
        self.archived = archived
        self.textBytes = textBytes
        self.unseen = unseen
        self.oldest = oldest
        self.newest = newest
    }
}

extension MemoryStatistics {
    public init(reading fields: inout FieldReader) throws {
        memories = try fields.required("memories")
        byKind = try fields.value("byKind", default: [:])
        byScope = try fields.value("byScope", default: [:])
        byCategory = try fields.value("byCategory", default: [:])
        byAgent = try fields.value("byAgent", default: [:])
        byStatus = try fields.value("byStatus", default: [:])
        contested = try fields.required("contested")
        forgotten = try fields.required("forgotten")
        erased = try fields.required("erased")
        expired = try fields.required("expired")
        archived = try fields.required("archived")
        textBytes = try fields.required("textBytes")
        unseen = try fields.required("unseen")
        oldest = try fields.optional("oldest")
        newest = try fields.optional("newest")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("memories", memories)
        fields.put("byKind", byKind)
        fields.put("byScope", byScope)
        fields.put("byCategory", byCategory)
        fields.put("byAgent", byAgent)
        fields.put("byStatus", byStatus)
        fields.put("contested", contested)
        fields.put("forgotten", forgotten)
        fields.put("erased", erased)
        fields.put("expired", expired)
        fields.put("archived", archived)
        fields.put("textBytes", textBytes)
        fields.put("unseen", unseen)
        fields.put("oldest", oldest)
        fields.put("newest", newest)
    }
}
