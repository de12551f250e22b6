public import HiveAPI
import HiveCore

extension Node: ConflictService {
    public func conflicts(_ query: ConflictQuery, as caller: Caller) async throws -> Page<Conflict> {
        try await naming {
            let filter = try ConflictFilter(query)
            return try filter.page(try standingConflicts().filter(filter.admits))
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
                        throw Self.noConflict(id)
                    }
                    return conflict
                }
                let (state, field) = try Self.findConflict(id, view: view)
                guard let conflict = try ConflictReader(view: view).detailed(field, of: state) else {
                    throw Self.noConflict(id)
                }
                return conflict
            }
        }
    }

    static func noConflict(_ id: String) -> HiveError {
        HiveError(.notFound, "there is no conflict `\(id)`, perhaps no longer")
    }

    /// All conflicts that the request at hand may see, in order of their ids.
    func standingConflicts() throws -> [Conflict] {
        let contradictions = try contradictions.all()
        return try kernel.consult { replica, transaction in
            let view = try self.view(&replica, transaction)
            let reader = ConflictReader(view: view)
            var items: [Conflict] = []
            for state in try transaction.documents.list(.contested)
            where view.lookup.scopes.contains(state.address.scope) {
                items += try reader.conflicts(in: state)
            }
            items += try self.standing(contradictions, view.lookup, transaction).compactMap {
                try Self.conflict($0, view: view)
            }
            return items.sorted { $0.id < $1.id }
        }
    }

    /// A conflict's id is its memory's and the field's name; the memory's alone will do where only one field is contested.
    static func findConflict(_ id: String, view: MemoryView) throws -> (DocumentState, DocumentState.Field) {
        let parts = id.split(separator: ":", maxSplits: 1).map(String.init)
        let state = try view.find(parts.first ?? "", evenForgotten: true)
        let fields = state.contestedFields.filter { parts.count < 2 || name(of: $0) == parts[1] }
        guard let field = fields.first else { throw noConflict(id) }
        guard fields.count == 1 else {
            let names = fields.map { "\(parts[0]):\(name(of: $0))" }.joined(separator: ", ")
            throw HiveError(.ambiguous, "`\(id)` has \(fields.count) contested fields", hint: "name one: \(names)")
        }
        return (state, field)
    }

    static func name(of field: DocumentState.Field) -> String {
        field.path ?? EngramField.name(of: field.id) ?? "field"
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
