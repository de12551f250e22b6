import HiveAPI
import HiveCore

/// What a line would change in a memory. Nothing is written that stands there already.
///
/// A line is compared with the memory as it was when the line was exported, where that is known: what was changed here
/// since then stays, and a value that both changed becomes contested. Else it is compared with the present memory.
struct ImportChanges {
    let line: PortableMemory
    /// The fields that the line names as null: `category`, `epistemic.source`.
    let nulls: Set<String>
    /// The memory as it is; nil for a new one.
    let current: Engram?
    /// The memory as the line's writer saw it; nil where that is not known.
    let base: Engram?
    let resolve: (MemoryLink) throws -> MemoryLink

    private(set) var changes: [Draft.Change] = []
    private var known: Engram? { base ?? current }

    init(
        line: PortableMemory, json: JSONValue, current: Engram?, base: Engram?,
        resolve: @escaping (MemoryLink) throws -> MemoryLink
    ) throws {
        self.line = line
        self.current = current
        self.base = base
        self.resolve = resolve
        var nulls: Set<String> = []
        for (name, value) in json.object ?? [:] where value.isNull { nulls.insert(name) }
        for (name, value) in json["epistemic"]?.object ?? [:] where value.isNull { nulls.insert("epistemic." + name) }
        self.nulls = nulls
        if let content = line.content, content != known?.content, content != current?.content {
            changes.append(.setText(EngramField.content, content))
        }
        try takeRegisters()
        takeSets(
            try line.links.map { try $0.map(\.self) + (line.originLinks ?? []).map(resolve) }
                ?? line.originLinks?.map(resolve))
        takeMetadata()
        try takeFields()
    }

    // MARK: Registers

    private mutating func takeRegisters() throws {
        let epistemic = line.epistemic
        let texts: [(String, UInt64, String?)] = [
            ("category", EngramField.category, line.category), ("context", EngramField.context, line.context),
            ("epistemic.status", EngramField.status, epistemic?.status),
            ("epistemic.source", EngramField.source, epistemic?.source),
            ("epistemic.derivedFrom", EngramField.derivedFrom, epistemic?.derivedFrom),
            ("epistemic.subject", EngramField.subject, epistemic?.subject),
            ("epistemic.relation", EngramField.relation, epistemic?.relation),
            ("epistemic.object", EngramField.object, epistemic?.object),
            ("epistemic.user", EngramField.user, epistemic?.user),
        ]
        for (name, field, text) in texts { set(field, text.map(CBORValue.text), named: name) }
        set(EngramField.singleValued, epistemic?.singleValued.map(CBORValue.bool), named: "epistemic.singleValued")
        set(EngramField.confidence, line.confidence.map(CBORValue.double), named: "confidence")
        set(EngramField.expires, try line.expiry.map { .integer($0.milliseconds) }, named: "expiresAt")
    }

    private mutating func set(_ field: UInt64, _ value: CBORValue?, named name: String) {
        guard let value else {
            let wasSet = base.map { Self.value($0, .number(field)) != nil } ?? false
            guard wasSet, nulls.contains(name), let current, Self.value(current, .number(field)) != nil else { return }
            changes.append(.set(field, .null))
            return
        }
        if stands(value, in: .number(field)) { return }
        changes.append(.set(field, value))
    }

    /// Whether a value was there when the line was written, or is there by now.
    private func stands(_ value: CBORValue, in field: FieldID) -> Bool {
        if let known, Self.value(known, field) == value { return true }
        return current?.state[field]?.siblings.contains { $0.inline == value } ?? false
    }

    private static func value(_ engram: Engram, _ field: FieldID) -> CBORValue? {
        engram.state[field]?.newest?.inline.flatMap { $0 == .null ? nil : $0 }
    }

    private mutating func takeMetadata() {
        guard let metadata = line.metadata else { return }
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            let path = EngramField.metadataPath(key)
            let value = value.cbor
            if value == .null, known.map({ Self.value($0, .path(path)) == nil }) ?? true { continue }
            if !stands(value, in: .path(path)) { changes.append(.setPath(path, value)) }
        }
        let present = Set((current?.metadata ?? []).map(\.key))
        for entry in known?.metadata ?? [] where metadata[entry.key] == nil && present.contains(entry.key) {
            changes.append(.setPath(EngramField.metadataPath(entry.key), .null))
        }
    }

    // MARK: Sets

    private mutating func takeSets(_ links: [MemoryLink]?) {
        if let tags = line.tags { take(tags.map(CBORValue.text), into: EngramField.tags) }
        if let links { take(links.map(\.cbor), into: EngramField.links) }
    }

    private mutating func take(_ values: [CBORValue], into field: UInt64) {
        let wanted = Set(values)
        let before = Set(known?.state[field]?.elements ?? [])
        let now = Set(current?.state[field]?.elements ?? [])
        let removed = before.subtracting(wanted).intersection(now)
        let added = wanted.subtracting(before).subtracting(now)
        if !removed.isEmpty { changes.append(.remove(field, Self.ordered(removed))) }
        if !added.isEmpty { changes.append(.add(field, Self.ordered(added))) }
    }

    private static func ordered(_ values: Set<CBORValue>) -> [CBORValue] {
        values.map { (bytes: $0.encoded(), value: $0) }
            .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map(\.value)
    }

    /// Counts what was counted since; a memory that is here and was not exported from here has its own count.
    private mutating func count(_ sum: Int64, in field: UInt64) {
        guard current == nil || base != nil else { return }
        let (difference, overflow) = sum.subtractingReportingOverflow(base?.state[field]?.sum ?? 0)
        if difference != 0, !overflow { changes.append(.count(field, difference)) }
    }

    // MARK: Whatever else a kind keeps

    private mutating func takeFields() throws {
        guard let fields = line.fields, let kind = current?.kind ?? EngramKind(rawValue: line.kind ?? "semantic") else {
            return
        }
        for (name, json) in fields.sorted(by: { $0.key < $1.key }) {
            let value = try PortableValue.cbor(json)
            if ["outcome", "significance"].contains(name) { try MemoryLimits.check(json, forField: name) }
            switch try PortableFields.field(named: name, of: kind) {
            case .path(let path): if !stands(value, in: .path(path)) { changes.append(.setPath(path, value)) }
            case .number(let field, .register): try takeRegister(value, into: field)
            case .number(let field, .set): take(try Self.list(value, name), into: field)
            case .number(let field, .list): try takeList(try Self.list(value, name), into: field, named: name)
            case .number(let field, .tally):
                guard let sum = value.integer else { throw Self.wrong(name, "a whole number") }
                count(sum, in: field)
            }
        }
    }

    private mutating func takeRegister(_ value: CBORValue, into field: UInt64) throws {
        try RecordFieldCheck.check(value, in: .number(field))
        if stands(value, in: .number(field)) || current.map({ PortableFields.implies($0.state, value, field) }) == true
        {
            return
        }
        if let text = value.text { changes.append(.setText(field, text)) } else { changes.append(.set(field, value)) }
    }

    private mutating func takeList(_ wanted: [CBORValue], into field: UInt64, named name: String) throws {
        let now = current?.state[field]?.entries ?? []
        let before = known?.state[field]?.entries ?? []
        if now.starts(with: wanted) { return }
        let start = wanted.starts(with: now) ? now.count : wanted.starts(with: before) ? before.count : nil
        guard let start else {
            throw HiveError(
                .invalidInput, "`fields.\(name)` only grows, and the line has other entries than the memory here",
                hint: "leave the entries that were exported as they are, and add yours at the end")
        }
        if start < wanted.count { changes.append(.append(field, Array(wanted[start...]))) }
    }

    private static func list(_ value: CBORValue, _ name: String) throws(HiveError) -> [CBORValue] {
        guard let values = value.array else { throw wrong(name, "a list") }
        return values
    }

    private static func wrong(_ name: String, _ expected: String) -> HiveError {
        HiveError(.invalidInput, "`fields.\(name)` must be \(expected)")
    }
}

extension PortableMemory {
    /// Throws `invalid_input` for what is no time.
    var expiry: Timestamp? {
        get throws {
            guard let expiresAt else { return nil }
            guard let time = Timestamp(rfc3339: expiresAt) else {
                throw HiveError(
                    .invalidInput, "`expiresAt` is no time: `\(expiresAt)`",
                    hint: "write RFC 3339, as in 2026-11-21T08:00:00Z")
            }
            return time
        }
    }
}
