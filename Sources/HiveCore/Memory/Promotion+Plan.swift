extension Promotion {
    /// What makes the copy say what the source says, as far as it does not yet. What was added to sets and lists of the
    /// copy in its own scope stays. Throws a `ReplicaError` where a value has not arrived.
    public func plan(
        for copy: DocumentState?, among surroundings: some PromotionSurroundings
    ) throws -> PromotionPlan {
        var planner = PromotionPlanner(copy: copy, surroundings: surroundings)
        for field in source.fields where Self.carries(field.id) { try planner.carry(field) }
        planner.inherit(from: source)
        if copy?.shown(EngramField.promotionMark)?.inline?.bytes != origin.bytes {
            planner.plan.changes.append(.set(EngramField.promotionMark, .bytes(origin.bytes)))
        }
        if let copy, copy.isForgotten || copy.wasRevived {
            planner.plan.changes.append(.set(ReservedField.presence, .bool(true)))
        }
        planner.plan.leftOut = Set(planner.plan.leftOut).sorted()
        return planner.plan
    }
}

/// Brings a copy up to its source, field by field.
private struct PromotionPlanner<Surroundings: PromotionSurroundings> {
    let copy: DocumentState?
    let surroundings: Surroundings
    var plan = PromotionPlan()

    mutating func carry(_ field: DocumentState.Field) throws {
        switch field.state {
        case .register: try carryRegister(field)
        case .set:
            let present = Set(copy?[field.id]?.elements ?? [])
            let values = try field.state.elements.compactMap { try visible($0, in: field) }
            let new = values.filter { !present.contains($0) }
            if !new.isEmpty, case .number(let number) = field.id { plan.changes.append(.add(number, new)) }
        case .list:
            let present = Set(copy?[field.id]?.entries ?? [])
            let new = try field.state.entries.filter { !present.contains($0) }.compactMap {
                try visible($0, in: field)
            }
            if !new.isEmpty, case .number(let number) = field.id { plan.changes.append(.append(number, new)) }
        case .tally: break
        }
    }

    private mutating func carryRegister(_ field: DocumentState.Field) throws {
        guard let shown = field.state.newest, let value = try value(of: shown) else { return }
        let siblings = copy?[field.id]?.siblings ?? []
        // A value that the copy has not may not be known there.
        let allowed = try visible(value, in: field) ?? .null
        if siblings.isEmpty, allowed == .null { return }
        guard try siblings.isEmpty || siblings.contains(where: { try self.value(of: $0) != allowed }) else { return }
        switch field.id {
        case .number(let number):
            plan.changes.append(allowed.text.map { .setText(number, $0) } ?? .set(number, allowed))
        case .path: if let path = field.path { plan.changes.append(.setPath(path, allowed)) }
        }
    }

    /// Nil where the bytes were erased.
    private func value(of sibling: Sibling) throws -> CBORValue? {
        switch sibling.value {
        case .inline(let value): return value
        case .gone: return nil
        case .blob(let reference):
            guard let bytes = try surroundings.blob(reference) else {
                throw ReplicaError(.missing, "a large value of the memory has not arrived here yet")
            }
            return .text(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// What a skill has been through goes along as a number of its own: two nodes that promote it count it once.
    mutating func inherit(from source: DocumentState) {
        let pairs = [
            (EngramField.uses, EngramField.inheritedUses), (EngramField.successes, EngramField.inheritedSuccesses),
        ]
        for (own, inherited) in pairs {
            let total = Skill.count(own, inherited, in: source)
            guard total > copy?[inherited]?.maximum ?? 0 else { continue }
            var slot: Int64 = 0
            if case .tally(let slots)? = copy?[inherited] {
                slot = slots.first { $0.dot.log == surroundings.log }?.value ?? 0
            }
            plan.changes.append(.count(inherited, total - max(0, slot)))
        }
    }

    /// A value as the target's readers may see it; nil where it stays behind.
    private mutating func visible(_ value: CBORValue, in field: DocumentState.Field) throws -> CBORValue? {
        guard field.id != .number(EngramField.content) else { return value }
        let isPointer = [.number(EngramField.links), .number(EngramField.derivedFrom)].contains(field.id)
        if let visible = try visible(value, mustBeKnown: isPointer) { return visible }
        plan.leftOut.append(field.path ?? EngramField.name(of: field.id) ?? "field")
        return nil
    }

    private func visible(_ value: CBORValue, mustBeKnown: Bool) throws -> CBORValue? {
        switch value {
        case .text(let text): return try surroundings.visible(text, mustBeKnown: mustBeKnown).map(CBORValue.text)
        case .array(let values):
            // Of a link the target points, and not the relation.
            var shown: [CBORValue] = []
            for (place, value) in values.enumerated() {
                guard let part = try visible(value, mustBeKnown: mustBeKnown && place > 0) else { return nil }
                shown.append(part)
            }
            return .array(shown)
        case .map(let map):
            var shown: [CBORMap.Entry] = []
            for entry in map {
                guard let part = try visible(entry.value, mustBeKnown: false) else { return nil }
                shown.append(CBORMap.Entry(key: entry.key, value: part))
            }
            return .map(CBORMap(shown))
        case .unsigned, .negative, .bytes, .bool, .null, .double: return value
        }
    }
}
