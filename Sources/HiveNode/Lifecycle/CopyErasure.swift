import HiveCore

/// Erases what repeats the words of memories that are erased: summaries, copies in wider scopes, and whatever else names its
/// sources in the field `copies`, in every scope that is here. Sources of a summary that goes come out of the archive again.
struct CopyErasure {
    let agent: String?
    /// Whether this node does so unasked; then it acts only for documents that it is the home of.
    let isByItself: Bool

    /// What came of it.
    struct Outcome: Sendable {
        var erased: [DocumentState] = []
        /// Copies that this node may not write.
        var refused: [DocumentState] = []
    }

    /// Follows copies of copies too. Of an erased document its own `copies` and its pointer to a summary are read as well,
    /// as long as its bytes are there.
    func erase(after source: DocumentState, in context: inout WriteContext) throws -> Outcome {
        var outcome = Outcome()
        var waiting = [source]
        var seen: Set<DocumentAddress> = [source.address]
        while let erased = waiting.popLast() {
            let due = erased[ReservedField.erasure]?.siblings.compactMap { $0.inline?.integer }.min() ?? 0
            for copy in try Self.copies(of: erased, in: context.transaction) where seen.insert(copy.address).inserted {
                guard try mayAct(on: copy, in: context) else { continue }
                let draft = Draft(
                    copy.kind, at: copy.address, agent: agent, resolves: true,
                    changes: [.set(ReservedField.erasure, .integer(due))])
                guard let gone = try Self.commit(draft, in: &context) else {
                    outcome.refused.append(copy)
                    continue
                }
                outcome.erased.append(gone)
                waiting.append(gone)
            }
            try release(sourcesOf: erased, in: &context)
        }
        return outcome
    }

    /// The documents that repeat the words of one and are not erased.
    static func copies(of source: DocumentState, in transaction: any StoreTransaction) throws -> [DocumentState] {
        var query = SearchQuery(limit: .max)
        query.facets = [.copy(of: source.address.document.description)]
        var addresses = Set(try transaction.index.search(query).map(\.address))
        let id = source.address.document.description
        // Those that were forgotten are in no index.
        for address in try transaction.census.unindexed(in: [source.address.scope])
        where try transaction.documents.state(address)?.repeats(id) == true { addresses.insert(address) }
        if let summary = source.shown(EngramField.summarisedBy)?.inline?.text.flatMap(DocumentID.init(hex:)) {
            let address = DocumentAddress(scope: source.address.scope, document: summary)
            // A pointer alone proves nothing: the summary must name its source too.
            if try transaction.documents.state(address)?.repeats(id) == true { addresses.insert(address) }
        }
        addresses.formUnion(try PromotedCopies.of(source, in: transaction).map(\.address))
        return try addresses.sorted().compactMap { try transaction.documents.state($0) }.filter { !$0.isErased }
    }

    /// Takes what was put away behind a summary out of the archive, now that the summary is gone.
    private func release(sourcesOf summary: DocumentState, in context: inout WriteContext) throws {
        let id = summary.address.document.description
        for source in (summary[EngramField.copies]?.elements ?? []).compactMap(\.text).compactMap(DocumentID.init(hex:))
        {
            let address = DocumentAddress(scope: summary.address.scope, document: source)
            guard let state = try context.transaction.documents.state(address), !state.isErased,
                state.shown(EngramField.summarisedBy)?.inline?.text == id, try mayAct(on: state, in: context)
            else { continue }
            let draft = Draft(
                state.kind, at: address, agent: agent,
                changes: [.set(EngramField.archived, .null), .set(EngramField.summarisedBy, .null)])
            _ = try Self.commit(draft, in: &context)
        }
    }

    private func mayAct(on state: DocumentState, in context: WriteContext) throws -> Bool {
        guard isByItself else { return true }
        return try context.transaction.home(of: state) == context.replica.identity.node
    }

    /// Nil where this node may not write there.
    private static func commit(_ draft: Draft, in context: inout WriteContext) throws -> DocumentState? {
        let transaction = context.transaction
        do {
            return try transaction.savepoint { try context.commit([draft]) }.states[0]
        } catch let error as ReplicaError where error.code == .notPermitted {
            return nil
        }
    }
}

extension Node {
    /// Erases the copies that this node is the home of, of what others have erased.
    func eraseCopies() async throws {
        let sources = try kernel.read { transaction in
            try transaction.documents.list(.erasureDue(.max)).filter {
                try !CopyErasure.copies(of: $0, in: transaction).isEmpty
            }
        }
        guard !sources.isEmpty else { return }
        try await kernel.write { context in
            for source in sources {
                guard let state = try context.transaction.documents.state(source.address) else { continue }
                _ = try CopyErasure(agent: nil, isByItself: true).erase(after: state, in: &context)
            }
        }
    }
}

extension CopyErasure.Outcome {
    /// What people are told beside an erasure; nil where nothing else was touched.
    var hint: String? {
        var parts: [String] = []
        if !erased.isEmpty {
            parts.append("also erased, since they repeat its words: \(Self.list(erased))")
        }
        if !refused.isEmpty {
            parts.append("still there, since this node may not write their scopes: \(Self.list(refused))")
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private static func list(_ states: [DocumentState]) -> String {
        states.map(\.address.document.description).joined(separator: ", ")
    }
}

extension DocumentState {
    /// Whether it says that it repeats the words of another document.
    fileprivate func repeats(_ id: String) -> Bool { self[EngramField.copies]?.elements.contains(.text(id)) == true }
}
