import HiveAPI
import HiveCore

/// Writes lines of a file as memories, each once.
///
/// Which memory a line is follows from the line alone: its id, what it was called at its source, or its content. So the
/// same line imported again, also on another node, is the same memory.
struct ImportWriter {
    let settings: Node.Settings
    /// Where all lines go; nil for where each says.
    let scope: String?
    let agent: String?

    enum Outcome: Sendable {
        case created, updated, unchanged
        /// Left out, for this reason.
        case skipped(HiveError)
    }

    func write(_ json: JSONValue, in context: inout WriteContext) throws -> Outcome {
        let line = try PortableMemory.line(json)
        guard let kind = EngramKind(rawValue: line.kind ?? "semantic") else {
            throw HiveError(
                .invalidInput, "`\(line.kind ?? "")` is no kind of memory",
                hint: "use instant, episodic, semantic or procedural")
        }
        let address = try address(of: line, kind: kind, in: &context)
        let digest = Self.digest(of: json)
        guard let state = try context.transaction.documents.state(address) else {
            return try create(line, json, kind, at: address, digest: digest, in: &context)
        }
        return try update(state, with: line, json, kind, digest: digest, in: &context)
    }

    // MARK: Which memory a line is

    private func address(
        of line: PortableMemory, kind: EngramKind, in context: inout WriteContext
    ) throws -> DocumentAddress {
        let name = try scope ?? line.scope ?? settings.defaultScopes.scope(for: kind, agent: agent).description
        guard let text = line.id, let id = DocumentID(hex: text.lowercased()) else {
            let scope = try Node.scope(name, in: &context).scope
            return DocumentAddress(scope: scope, document: Self.document(of: line, kind: kind, in: scope))
        }
        let lookup = try ScopeLookup(&context.replica, context.transaction)
        let held = try ScopeLookup(&context.replica, context.transaction, within: .everything)
        let all = try context.transaction.documents.list(.prefix(id.hex)).map(\.address.scope)
            .filter(held.scopes.contains)
        let here = all.filter(lookup.scopes.contains)
        if scope == nil, let known = here.first { return DocumentAddress(scope: known, document: id) }
        let wanted = try Node.scope(name, in: &context)
        if here.contains(wanted.scope) { return DocumentAddress(scope: wanted.scope, document: id) }
        // An id names one memory: a copy in another scope gets one of its own. So does what would stand beside the law.
        guard all.isEmpty, wanted.name != .universal else {
            let copy = Self.document(system: "hive", id: id.hex, in: wanted.scope)
            return DocumentAddress(scope: wanted.scope, document: copy)
        }
        return DocumentAddress(scope: wanted.scope, document: id)
    }

    private static func document(of line: PortableMemory, kind: EngramKind, in scope: ScopeID) -> DocumentID {
        if let id = line.id { return document(system: line.origin?.system ?? "file", id: id, in: scope) }
        if let origin = line.origin { return document(system: origin.system, id: origin.id, in: scope) }
        let hash = Digest.sha256(domain: "hive/1/import/content", Array("\(kind.rawValue)\n\(line.content ?? "")".utf8))
        return document(system: "content", id: hash.hex, in: scope)
    }

    /// The identity of what a source calls so, in a scope.
    static func document(system: String, id: String, in scope: ScopeID) -> DocumentID {
        let key = CBORValue.array([.bytes(scope.digest.bytes), .text(system), .text(id)])
        return .derived(kind: DocumentKind.semantic.rawValue, key: key.encoded(), generation: 0)
    }

    /// What a line says, whatever version it was taken at.
    private static func digest(of json: JSONValue) -> Digest {
        var members = json.object ?? [:]
        members["version"] = nil
        return Digest.sha256(domain: "hive/1/import/line", JSONValue.object(members).bytes)
    }

    // MARK: Writing

    private func create(
        _ line: PortableMemory, _ json: JSONValue, _ kind: EngramKind, at address: DocumentAddress, digest: Digest,
        in context: inout WriteContext
    ) throws -> Outcome {
        if let expiry = try line.expiry, expiry <= context.now {
            return .skipped(HiveError(.invalidInput, "the memory expired at \(expiry.rfc3339)"))
        }
        let changes = try ImportChanges(
            line: line, json: json, current: nil, base: nil, resolve: resolver(line, address.scope)
        ).changes
        let draft = Draft(
            kind.document, at: address, agent: agent,
            changes: changes + Self.provenance(of: line) + [.set(EngramField.originDigest, .bytes(digest.bytes))])
        _ = try context.commit([draft])
        return .created
    }

    private func update(
        _ state: DocumentState, with line: PortableMemory, _ json: JSONValue, _ kind: EngramKind, digest: Digest,
        in context: inout WriteContext
    ) throws -> Outcome {
        let id = state.address.document.short
        if state.isErased { return .skipped(HiveError(.erased, "the memory `\(id)` was erased, and stays so")) }
        if state.isForgotten {
            return .skipped(
                HiveError(
                    .forgotten, "the memory `\(id)` was forgotten here",
                    hint: "bring it back with hivectl memory update \(id) …, then import again"))
        }
        if state.shown(EngramField.originDigest)?.inline == .bytes(digest.bytes) { return .unchanged }
        let view = MemoryView(
            transaction: context.transaction, lookup: try ScopeLookup(&context.replica, context.transaction))
        guard let current = try view.engram(state), current.kind == kind || line.kind == nil else {
            throw HiveError(
                .invalidInput, "`\(line.id ?? id)` is something else here, and no \(kind.rawValue) memory",
                hint: "take the id out of the line: it becomes a memory of its own")
        }
        let seen = line.version.flatMap { VersionVector(token: $0) }.flatMap { state.version.covers($0) ? $0 : nil }
        let base = try seen.flatMap { try context.transaction.state(state, asOf: $0) }.flatMap { try view.engram($0) }
        var changes = try ImportChanges(
            line: line, json: json, current: current, base: base, resolve: resolver(line, state.address.scope)
        ).changes
        guard !changes.isEmpty else { return .unchanged }
        if current.origin != nil { changes += Self.provenance(of: line, known: state) }
        changes.append(.set(EngramField.originDigest, .bytes(digest.bytes)))
        let draft = Draft(
            state.kind, at: state.address, agent: agent, seen: base == nil ? nil : seen, changes: changes)
        _ = try context.commit([draft])
        return .updated
    }

    private func resolver(_ line: PortableMemory, _ scope: ScopeID) -> (MemoryLink) throws -> MemoryLink {
        { link in
            guard let system = line.origin?.system else {
                throw HiveError(
                    .invalidInput, "`originLinks` needs `origin`", hint: "say in `origin.system` whose ids they are")
            }
            let target = Self.document(system: system, id: link.target, in: scope)
            return MemoryLink(relation: link.relation, target: target.hex)
        }
    }

    /// What the source said of itself. Of a memory that another hive exported, that hive and its author.
    private static func provenance(of line: PortableMemory, known: DocumentState? = nil) -> [Draft.Change] {
        let author = line.author.map { author in author.agent.map { "\($0) on \(author.node)" } ?? author.node }
        let origin =
            line.origin
            ?? MemoryOrigin(
                system: line.id == nil ? "file" : "hive", id: line.id ?? "", createdAt: line.createdAt,
                updatedAt: line.updatedAt, author: author)
        let values: [(UInt64, CBORValue?)] = [
            (EngramField.origin, .array([.text(origin.system), .text(origin.id)])),
            (EngramField.originCreated, (origin.createdAt ?? line.createdAt).map(CBORValue.text)),
            (EngramField.originUpdated, (origin.updatedAt ?? line.updatedAt).map(CBORValue.text)),
            (EngramField.originAuthor, (origin.author ?? author).map(CBORValue.text)),
        ]
        return values.compactMap { field, value in
            guard let value, known?.shown(field)?.inline != value else { return nil }
            return .set(field, value)
        }
    }
}
