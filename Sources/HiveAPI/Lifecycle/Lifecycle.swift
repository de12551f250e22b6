/// How alive a memory is, and what was decided about it. Computed when it is read.
public struct Lifecycle: JSONRecord {
    /// From 0 to 1: halves with every half-life that passes without a change, a verification or a use.
    public var vitality: Double
    /// Since the last of these.
    public var idleSeconds: Int
    /// With all that lengthens it; nil for what does not decay.
    public var halfLifeSeconds: Int?
    /// How often it was used here, as far as that was reported.
    public var uses: Int
    public var lastUsedAt: String?
    /// Put away: found only where the archive is asked for.
    public var archived: Bool
    /// Kept by hand: does not decay and is not consolidated.
    public var pinned: Bool
    /// Core knowledge: does not decay.
    public var core: Bool
    /// The memory that it was merged into.
    public var supersededBy: String?
    /// The summary that it was consolidated into.
    public var summarisedBy: String?

    public init(
        vitality: Double, idleSeconds: Int, halfLifeSeconds: Int? = nil, uses: Int = 0, lastUsedAt: String? = nil,
        archived: Bool = false, pinned: Bool = false, core: Bool = false, supersededBy: String? = nil,
        summarisedBy: String? = nil
    ) {
        self.vitality = vitality
        self.idleSeconds = idleSeconds
        self.halfLifeSeconds = halfLifeSeconds
        self.uses = uses
        self.lastUsedAt = lastUsedAt
        self.archived = archived
        self.pinned = pinned
        self.core = core
        self.supersededBy = supersededBy
        self.summarisedBy = summarisedBy
    }
}

extension Lifecycle {
    public init(reading fields: inout FieldReader) throws {
        vitality = try fields.required("vitality")
        idleSeconds = try fields.value("idleSeconds", default: 0)
        halfLifeSeconds = try fields.optional("halfLifeSeconds")
        uses = try fields.value("uses", default: 0)
        lastUsedAt = try fields.optional("lastUsedAt")
        archived = try fields.value("archived", default: false)
        pinned = try fields.value("pinned", default: false)
        core = try fields.value("core", default: false)
        supersededBy = try fields.optional("supersededBy")
        summarisedBy = try fields.optional("summarisedBy")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("vitality", vitality)
        fields.put("idleSeconds", idleSeconds)
        fields.put("halfLifeSeconds", halfLifeSeconds)
        fields.put("uses", uses)
        fields.put("lastUsedAt", lastUsedAt)
        fields.put("archived", archived)
        fields.put("pinned", pinned)
        fields.put("core", core)
        fields.putIfPresent("supersededBy", supersededBy)
        fields.putIfPresent("summarisedBy", summarisedBy)
    }
}
