import HiveAPI
import HiveCore

/// Carries out one promotion: the copy, the trace at the original, and whether the original stays.
struct Promoter {
    let id: String
    let request: PromoteMemory
    let agent: String?

    func run(in context: inout WriteContext) throws -> PromotionAnswer {
        let source = try view(&context).find(id)
        let target = try scope(for: source, in: &context)
        guard let made = try context.transaction.logs.operation(source.creation.dot),
            let promotion = Promotion(of: source, made: made, to: target.scope)
        else {
            throw HiveError(
                .notFound, "the first version of `\(id)` was erased, and with it what its copies are recognised by",
                hint: "store what is left of it anew, in \(request.to)")
        }
        let address = try Self.address(promotion, in: context.transaction)
        let present = try context.transaction.documents.state(address)
        let plan = try promotion.plan(
            for: present,
            among: Surroundings(
                view: try view(&context), target: target,
                log: context.replica.identity.log(in: target.scope, .knowledge).id))
        if !plan.changes.isEmpty {
            // A resolution: what stood beside each other in the copy was settled where the original is.
            _ = try context.commit([
                Draft(source.kind, at: address, agent: agent, resolves: true, changes: plan.changes)
            ])
        }
        try trace(source, to: address, in: &context)
        let view = try view(&context)
        guard let copy = try context.transaction.documents.state(address), let memory = try view.memory(copy) else {
            throw HiveError(.internalError, "the copy of `\(id)` cannot be read", hint: "see the node's log")
        }
        return PromotionAnswer(
            memory: memory, created: present == nil, changed: !plan.changes.isEmpty,
            original: source.address.document.description, originalForgotten: request.forgetOriginal,
            leftOut: plan.leftOut)
    }

    private func view(_ context: inout WriteContext) throws -> MemoryView {
        MemoryView(
            transaction: context.transaction, lookup: try ScopeLookup(&context.replica, context.transaction))
    }

    /// The scope to go to, which must be wider than the memory's own.
    private func scope(for source: DocumentState, in context: inout WriteContext) throws -> ScopeFounding {
        let lookup = try ScopeLookup(&context.replica, context.transaction)
        guard let name = ScopeName(request.to) else { return try lookup.require(request.to) }
        guard let own = lookup.foundings.first(where: { $0.scope == source.address.scope })?.name else {
            throw HiveError(.notFound, "there is no memory `\(id)`")
        }
        guard name.kind.rawValue > own.kind.rawValue else {
            throw HiveError(
                .invalidInput, "`\(name)` is no wider than `\(own)`, where `\(id)` is",
                hint: "promotion goes from instance to agent:NAME to collective:NAME to universal")
        }
        return try Node.scope(request.to, in: &context)
    }

    /// Where the copy stands, or is to stand: in the first generation that was not erased.
    private static func address(_ promotion: Promotion, in transaction: any StoreTransaction) throws -> DocumentAddress
    {
        var generation: UInt64 = 0
        while try transaction.documents.state(promotion.address(generation: generation))?.isErased == true {
            generation += 1
        }
        return promotion.address(generation: generation)
    }

    /// Says at the original that it has a copy, and forgets it if that was asked for.
    private func trace(_ source: DocumentState, to copy: DocumentAddress, in context: inout WriteContext) throws {
        var drafts: [Draft] = []
        let known = try view(&context).engram(source)?.promotions ?? []
        if !known.contains(copy.document) {
            drafts.append(
                Draft(
                    source.kind, at: source.address, agent: agent,
                    changes: [.add(EngramField.promotions, [.text(copy.document.hex)])]))
        }
        if request.forgetOriginal {
            drafts.append(
                Draft(
                    source.kind, at: source.address, agent: agent, resolves: true,
                    changes: [.set(ReservedField.presence, .bool(false))]))
        }
        if !drafts.isEmpty { _ = try context.commit(drafts) }
        try PromotionRecord.save(source.address, of: copy, in: context.transaction)
    }

    /// What the plan must know of this node.
    private struct Surroundings: PromotionSurroundings {
        let view: MemoryView
        let target: ScopeFounding
        let log: LogID

        func blob(_ reference: BlobReference) throws -> [UInt8]? {
            try view.transaction.local.value(reference.hash.bytes, in: "blobs")
        }

        func visible(_ text: String, mustBeKnown: Bool) throws -> String? {
            let digits = text.lowercased()
            guard digits.allSatisfy(\.isHexDigit), digits.count == 32 || mustBeKnown && (4...32).contains(digits.count)
            else { return text }
            let named = try view.transaction.documents.list(.prefix(digits)).filter { EngramKind($0.kind) != nil }
            guard !named.isEmpty else { return mustBeKnown ? nil : text }
            if named.contains(where: { isSeen($0.address.scope) }) { return text }
            for state in named {
                for copy in try view.engram(state)?.promotions ?? []
                where try view.transaction.documents.state(
                    DocumentAddress(scope: target.scope, document: copy)) != nil
                { return copy.hex }
            }
            return nil
        }

        /// Whether those who read the target scope read this one too.
        private func isSeen(_ scope: ScopeID) -> Bool {
            scope == target.scope || view.lookup.foundings.contains { $0.scope == scope && $0.name == .universal }
        }
    }
}
