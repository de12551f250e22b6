public import HiveAPI
import HiveCore

extension Node: ConflictService {
    public func conflicts(as caller: Caller) async throws -> Page<Conflict> {
        try await naming {
            let contradictions = try contradictions.all()
            return try kernel.consult { replica, transaction in
                let view = try self.view(&replica, transaction)
                var items: [Conflict] = []
                for state in try transaction.documents.list(.contested)
                where view.lookup.scopes.contains(state.address.scope) {
                    items += try state.contestedFields.compactMap { try Self.conflict(in: $0, of: state, view: view) }
                }
                items += try self.standing(contradictions, view.lookup, transaction).compactMap {
                    try Self.conflict($0, view: view)
                }
                return Page(items: items)
            }
        }
    }

    public func conflict(_ id: String, as caller: Caller) async throws -> Conflict {
        try await naming {
            let contradictions = try id.hasPrefix(Contradiction.prefix) ? contradictions.all() : []
            return try kernel.consult { replica, transaction in
                let view = try self.view(&replica, transaction)
                if id.hasPrefix(Contradiction.prefix) {
                    let found = try self.standing(contradictions, view.lookup, transaction).first { $0.id == id }
                    guard let found, let conflict = try Self.conflict(found, view: view) else {
                        throw HiveError(.notFound, "there is no conflict `\(id)`, perhaps no longer")
                    }
                    return conflict
                }
                let (state, field) = try Self.findConflict(id, view: view)
                guard let conflict = try Self.conflict(in: field, of: state, view: view) else {
                    throw HiveError(.notFound, "there is no conflict `\(id)`")
                }
                return conflict
            }
        }
    }

    /// A conflict's id is its memory's and the field's name; the memory's alone will do where only one field is contested.
    static func findConflict(_ id: String, view: MemoryView) throws -> (DocumentState, DocumentState.Field) {
        let parts = id.split(separator: ":", maxSplits: 1).map(String.init)
        let state = try view.find(parts.first ?? "", evenForgotten: true)
        let fields = state.contestedFields.filter { parts.count < 2 || name(of: $0) == parts[1] }
        guard let field = fields.first else {
            throw HiveError(.notFound, "there is no conflict `\(id)`, perhaps no longer")
        }
        guard fields.count == 1 else {
            let names = fields.map { "\(parts[0]):\(name(of: $0))" }.joined(separator: ", ")
            throw HiveError(.ambiguous, "`\(id)` has \(fields.count) contested fields", hint: "name one: \(names)")
        }
        return (state, field)
    }

    static func name(of field: DocumentState.Field) -> String {
        field.path ?? EngramField.name(of: field.id) ?? "field"
    }

    private static func conflict(
        in field: DocumentState.Field, of state: DocumentState, view: MemoryView
    ) throws -> Conflict? {
        guard let engram = try view.engram(state) else { return nil }
        let shown = field.state.newest?.dot
        let siblings = try field.state.siblings.map { sibling in
            ConflictSibling(
                dot: sibling.dot.description,
                value: try Self.value(of: sibling, view: view).map { JSONValue($0) } ?? .null,
                author: try view.author(sibling.dot, agent: sibling.agent),
                at: Timestamp(milliseconds: Int64(sibling.stamp.milliseconds)).rfc3339, shown: sibling.dot == shown)
        }
        let since = field.state.siblings.map(\.stamp).sorted().dropFirst().first ?? state.updated
        let number: UInt64 = if case .number(let number) = field.id { number } else { 0 }
        let document = state.address.document.description
        return Conflict(
            id: "\(document):\(name(of: field))", memory: document,
            kind: ConflictKind(engram.kind, field: number).rawValue, field: name(of: field), siblings: siblings,
            policy: ConflictPolicy.newest.rawValue,
            since: Timestamp(milliseconds: Int64(since.milliseconds)).rfc3339)
    }

    /// The value of a sibling; nil where its bytes are not here.
    static func value(of sibling: Sibling, view: MemoryView) throws -> CBORValue? {
        switch sibling.value {
        case .inline(let value): value
        case .blob(let reference):
            try view.transaction.local.value(reference.hash.bytes, in: "blobs")
                .map { .text(String(decoding: $0, as: UTF8.self)) }
        case .gone: nil
        }
    }
}
