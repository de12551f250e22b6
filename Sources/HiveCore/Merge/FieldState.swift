/// The merged state of one field. Every list inside is sorted, so that equal states have equal bytes.
public enum FieldState: Sendable, Hashable {
    /// By dot.
    case register([Sibling])
    /// By the dot of the addition.
    case set([SetElement])
    /// By stamp, then dot, then place in the operation.
    case list([ListEntry])
    /// By log.
    case tally([TallySlot])

    public var type: FieldType {
        switch self {
        case .register: .register
        case .set: .set
        case .list: .list
        case .tally: .tally
        }
    }

    static func empty(_ type: FieldType) -> FieldState {
        switch type {
        case .register: .register([])
        case .set: .set([])
        case .list: .list([])
        case .tally: .tally([])
        }
    }
}

/// One addition to a set that no removal has seen.
public struct SetElement: Sendable, Hashable {
    public let addition: ElementDot
    public let value: CBORValue
}

/// One entry of a list.
public struct ListEntry: Sendable, Hashable, Comparable {
    public let stamp: Stamp
    public let dot: Dot
    public let index: UInt64
    public let value: CBORValue

    public static func < (left: ListEntry, right: ListEntry) -> Bool {
        (left.stamp, left.dot, left.index) < (right.stamp, right.dot, right.index)
    }
}

/// One log's slot of a tally: the newest value that the log wrote.
public struct TallySlot: Sendable, Hashable {
    public let dot: Dot
    public let value: Int64
}

extension FieldState {
    /// The siblings of a register; empty for other types.
    public var siblings: [Sibling] {
        guard case .register(let siblings) = self else { return [] }
        return siblings
    }

    /// The elements of a set, each value once, in the order of their bytes; empty for other types.
    public var elements: [CBORValue] {
        guard case .set(let elements) = self else { return [] }
        return Dictionary(grouping: elements) { $0.value.encoded() }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { $0.value[0].value }
    }

    /// The entries of a list in order; empty for other types.
    public var entries: [CBORValue] {
        guard case .list(let entries) = self else { return [] }
        return entries.map(\.value)
    }

    /// The highest slot of a tally; nil for an empty one, and for other types.
    public var maximum: Int64? {
        guard case .tally(let slots) = self else { return nil }
        return slots.map(\.value).max()
    }

    /// The sum of a tally, saturating; 0 for other types.
    public var sum: Int64 {
        guard case .tally(let slots) = self else { return 0 }
        return slots.reduce(0) { total, slot in
            let (sum, overflow) = total.addingReportingOverflow(slot.value)
            return overflow ? (slot.value > 0 ? .max : .min) : sum
        }
    }
}
