import HiveAPI
import HiveCore

/// Turns records into changes of their documents.
enum RecordDrafts {
    /// What every new record of a type begins with.
    static func head(_ type: RecordType, title: String, tags: [String]) -> [Draft.Change] {
        [
            .set(EngramField.record, .text(type.rawValue)), .set(EngramField.category, .text(type.category)),
            .set(EngramField.title, .text(title)),
        ] + Self.tags(tags, besides: nil)
    }

    /// Adds tags that are not there yet.
    static func tags(_ tags: [String], besides state: DocumentState?) -> [Draft.Change] {
        add(tags, to: EngramField.tags, of: state)
    }

    /// Adds texts to a set, those that are not in it yet.
    static func add(_ texts: [String], to field: UInt64, of state: DocumentState?) -> [Draft.Change] {
        let known = Set((state?[field]?.elements ?? []).compactMap(\.text))
        let new = Set(texts).subtracting(known)
        return new.isEmpty ? [] : [.add(field, new.sorted().map(CBORValue.text))]
    }

    /// Takes texts out of a set.
    static func remove(_ texts: [String], from field: UInt64, of state: DocumentState) -> [Draft.Change] {
        let known = Set((state[field]?.elements ?? []).compactMap(\.text)).intersection(texts)
        return known.isEmpty ? [] : [.remove(field, known.sorted().map(CBORValue.text))]
    }

    /// Sets registers to what they do not say yet; nil empties one that says something.
    static func registers(_ values: [(field: UInt64, value: CBORValue?)], of state: DocumentState?) -> [Draft.Change] {
        values.compactMap { field, value in
            let shown = state?.shown(field)?.inline
            guard (value ?? .null) != (shown ?? .null) else { return nil }
            return .set(field, value ?? .null)
        }
    }

    /// All that a runbook says, as changes to what its document says now.
    static func changes(_ runbook: Runbook, of state: DocumentState?) -> [Draft.Change] {
        let list = { (values: [CBORValue]) in values.isEmpty ? nil : CBORValue.array(values) }
        let old = state.map { Runbook($0).systems } ?? []
        let registers: [(UInt64, CBORValue?)] = [
            (EngramField.title, .text(runbook.title)), (EngramField.summary, runbook.summary.map(CBORValue.text)),
            (EngramField.occasion, runbook.trigger.map(CBORValue.text)),
            (EngramField.preconditions, list(runbook.preconditions.map(CBORValue.text))),
            (EngramField.procedure, list(runbook.steps.map(\.value))),
            (EngramField.expectedOutcome, runbook.expectedOutcome.map(CBORValue.text)),
            (EngramField.owner, runbook.owner.map(CBORValue.text)),
            (EngramField.reviewedAt, runbook.reviewedAt.map { .integer($0.milliseconds) }),
        ]
        let removed = state.map {
            remove(Array(Set(old).subtracting(runbook.systems)), from: EngramField.systems, of: $0)
        }
        return Self.registers(registers, of: state) + add(runbook.systems, to: EngramField.systems, of: state)
            + (removed ?? [])
    }
}
