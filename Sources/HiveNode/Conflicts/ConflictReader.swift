import HiveAPI
import HiveCore

/// Shows contested fields as conflicts, in one transaction.
struct ConflictReader {
    let view: MemoryView

    /// The conflicts of one memory, in the order of their fields; none where it may not be shown.
    func conflicts(in state: DocumentState) throws -> [Conflict] {
        try state.contestedFields.compactMap { try conflict(in: $0, of: state) }
    }

    /// Nil for what is no memory, or may not be shown.
    func conflict(in field: DocumentState.Field, of state: DocumentState) throws -> Conflict? {
        guard let engram = try view.engram(state) else { return nil }
        let candidates = try view.lookup.candidates(for: field, of: state, in: view.transaction)
        let shown = engram.state.shown(field.id)
        let isMerged = engram.state.showsMerged(field.id)
        let siblings = try zip(field.state.siblings, candidates).map { sibling, candidate in
            var record = ConflictSibling(
                dot: sibling.dot.description, value: candidate.value.map { JSONValue($0) } ?? .null,
                author: try view.author(sibling.dot, agent: sibling.agent), at: Self.time(sibling.stamp),
                shown: !isMerged && sibling.dot == shown?.dot)
            record.confidence = candidate.confidence
            return record
        }
        let since = field.state.siblings.map(\.stamp).sorted().dropFirst().first ?? state.updated
        let number: UInt64 = if case .number(let number) = field.id { number } else { 0 }
        let document = state.address.document.description
        let name = Node.name(of: field)
        var conflict = Conflict(
            id: "\(document):\(name)", memory: document, kind: ConflictKind(engram.kind, field: number).rawValue,
            field: name, siblings: siblings,
            policy: try view.lookup.policy(of: field, of: state, in: view.transaction).rawValue,
            since: Self.time(since))
        conflict.scope = view.lookup.name(of: state.address.scope)
        conflict.category = engram.category
        conflict.tags = engram.tags
        conflict.merged = isMerged ? shown?.inline.map { JSONValue($0) } : nil
        conflict.escalated = try isEscalated(conflict)
        return conflict
    }

    /// Whether a conflict waits for a person: by its policy, or because somebody who was to settle it said so.
    func isEscalated(_ conflict: Conflict) throws -> Bool {
        if conflict.policy == ConflictPolicy.escalate.rawValue { return true }
        return try Escalation.find(conflict.id, in: view.transaction)?.isAbout(conflict) ?? false
    }

    /// The conflict with what one of many is not burdened with: the value before the siblings parted, and of stories what each
    /// author knew alone.
    func detailed(_ field: DocumentState.Field, of state: DocumentState) throws -> Conflict? {
        guard var conflict = try conflict(in: field, of: state) else { return nil }
        let operations = try view.transaction.logs.operations(.document(state.address))
        let headers = field.state.siblings.map { sibling in operations.first { $0.dot == sibling.dot }?.header }
        let contexts = headers.compactMap { $0?.context }
        guard contexts.count == headers.count else { return conflict }
        let common = operations.filter { operation in contexts.allSatisfy { $0.contains(operation.dot) } }
        let before = DocumentState.merge(all: common, at: state.address)?[field.id]?.siblings ?? []
        if before.count == 1 { conflict.ancestor = try Node.value(of: before[0], view: view).map { JSONValue($0) } }
        for place in conflict.siblings.indices {
            let others = contexts.enumerated().filter { $0.offset != place }.map(\.element)
            conflict.siblings[place].alone = Self.story(of: state, kind: conflict.kind).filter { entry in
                let isKnown = contexts[place].contains(entry.dot) || headers[place]?.dot == entry.dot
                return isKnown && others.contains { !$0.contains(entry.dot) }
            }.map(\.text)
        }
        return conflict
    }

    /// The lists that an account of an episode, or a way to do something, rests on.
    private static func story(of state: DocumentState, kind: String) -> [(dot: Dot, text: String)] {
        guard let engram = Engram(state, blob: { _ in nil }) else { return [] }
        switch ConflictKind(rawValue: kind) {
        case .episodic:
            return (Episode(engram)?.events ?? []).compactMap { event in event.dot.map { ($0, event.text) } }
        case .skill: return (Skill(engram)?.refinements ?? []).compactMap { entry in entry.dot.map { ($0, entry.why) } }
        case .value, .belief, nil: return []
        }
    }

    static func time(_ stamp: Stamp) -> String { Timestamp(milliseconds: Int64(stamp.milliseconds)).rfc3339 }
}
