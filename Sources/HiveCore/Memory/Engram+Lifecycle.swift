extension Engram {
    /// Put away: found only where the archive is asked for.
    public var isArchived: Bool { flag(EngramField.archived) }
    /// Kept by hand.
    public var isPinned: Bool { flag(EngramField.pinned) }
    /// Core knowledge.
    public var isCore: Bool { flag(EngramField.core) }
    /// The memory that this one was merged into.
    public var supersededBy: String? { state.shown(EngramField.supersededBy)?.inline?.text }
    /// The summary that this one was consolidated into.
    public var summarisedBy: String? { state.shown(EngramField.summarisedBy)?.inline?.text }
    /// The memories whose words this one repeats, because it was made from them: erasing one of them erases this one.
    public var copies: [String] { (state[EngramField.copies]?.elements ?? []).compactMap(\.text).sorted() }

    /// How much it mattered, from 0 to 1.
    public var significance: Double? {
        guard case .double(let value)? = state.shown(EngramField.significance)?.inline else { return nil }
        return value
    }

    /// When what it says was last written. What was decided about its life does not count.
    public var changed: Timestamp {
        let stamps = state.fields.filter { !EngramField.isAboutLife($0.id) }.flatMap { $0.state.siblings.map(\.stamp) }
        let newest = stamps.max() ?? state.creation.stamp
        return max(created, Timestamp(milliseconds: Int64(newest.milliseconds)))
    }

    /// What the document itself tells of whether it is still wanted. Uses are known to each node alone, and who
    /// verified it to whoever knows the authors of logs.
    public var signsOfLife: SignsOfLife {
        var signs = SignsOfLife(created: created, changed: changed)
        signs.significance = significance
        signs.isLasting = isPinned || isCore
        return signs
    }

    /// By what the archive, core knowledge, duplicates and copies are found.
    var lifecycleFacets: [Facet] {
        var facets = copies.map { Facet.copy(of: $0) }
        if isArchived { facets.append(.archived) }
        if isCore { facets.append(.core) }
        if let content, let fingerprint = ContentFingerprint.facet(of: content) { facets.append(fingerprint) }
        return facets
    }

    private func flag(_ field: UInt64) -> Bool { state.shown(field)?.inline == .bool(true) }
}

extension EngramField {
    /// Whether a field says what is to become of a memory, and not what it says.
    static func isAboutLife(_ field: FieldID) -> Bool {
        guard case .number(let number) = field else { return false }
        return number < content || (archived...lastOfLife).contains(number)
    }
}

extension Facet {
    public static let archived = Facet("archived", "true")
    public static let core = Facet("core", "true")

    /// Repeats the words of a memory.
    public static func copy(of source: String) -> Facet { Facet("copyOf", source) }
}
