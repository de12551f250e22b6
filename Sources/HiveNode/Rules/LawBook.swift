import HiveCEL
import HiveCore
import HiveRules
import Synchronization

/// The law as it is in force on this node, swapped as a whole whenever rules arrive.
final class LawBook: Sendable {
    private let activation: Mutex<SetActivation>
    private let awaited = Mutex(false)
    /// Held from reading the documents to the swap, so that an older reading never replaces a newer one.
    private let turn = Mutex(())

    /// `zones` knows the named time zones that rules hold in.
    init(zones: (any TimeZoneProvider)?) { activation = Mutex(SetActivation(zones: zones)) }

    var law: CompiledRuleSet { activation.withLock { $0.law } }
    var manifests: [SetManifest] { activation.withLock { $0.manifests } }
    var problems: [String: String] { activation.withLock { $0.problems } }
    var label: String { activation.withLock { $0.label } }
    /// Whether this node joined a hive whose law it has not heard yet.
    var isAwaited: Bool { awaited.withLock { $0 } }

    /// Reads all rules and manifests and brings the law up to them.
    func refresh(_ kernel: NodeKernel) throws { try turn.withLock { _ in try bringUp(kernel) } }

    private func bringUp(_ kernel: NodeKernel) throws {
        let (sets, isAwaited) = try kernel.read { transaction -> ([String: [SetActivation.Candidate]], Bool) in
            // The law of the hive stands in its universal scope; what is written elsewhere binds nobody.
            guard let universal = try HiveRecord.scope(.universal, in: transaction)?.scope else { return ([:], true) }
            let rules = try transaction.documents.list(.kind(.rule, scope: universal)).filter {
                !$0.isErased && !$0.isForgotten
            }
            let manifests = try transaction.documents.list(.kind(.setManifest, scope: universal))
            let standing = manifests.filter { !$0.isErased && !$0.isForgotten }
            return (
                try Self.candidates(manifests: standing, rules: rules, in: transaction),
                try LawArrival.isAwaited(in: transaction)
            )
        }
        var next = activation.withLock { $0 }
        next.update(sets, digest: Self.digest)
        activation.withLock { $0 = next }
        awaited.withLock { $0 = isAwaited }
    }

    static func digest(_ text: String) -> String { Digest.sha256(domain: "hive/1/rule", Array(text.utf8)).hex }

    /// Every sibling of a manifest is a candidate; of each rule it names, the text with the digest that it names.
    private static func candidates(
        manifests: [DocumentState], rules: [DocumentState], in transaction: any StoreTransaction
    ) throws -> [String: [SetActivation.Candidate]] {
        var texts: [String: String] = [:]
        var disabled: [String: Set<String>] = [:]
        for rule in rules {
            let found = try rule[RuleField.text]?.siblings.compactMap { try text(of: $0, in: transaction) } ?? []
            for text in found { texts[digest(text)] = text }
            // Switched off only where everybody who had a say agrees: the stricter of two concurrent wishes holds.
            let wishes = rule[RuleField.enabled]?.siblings.map(\.inline) ?? []
            if !wishes.isEmpty, wishes.allSatisfy({ $0 == .bool(false) }),
                let set = rule.shown(RuleField.set)?.inline?.text,
                let name = found.first.flatMap(ruleName)
            {
                disabled[set, default: []].insert(name)
            }
        }
        var sets: [String: [SetActivation.Candidate]] = [:]
        for document in manifests {
            for sibling in document[RuleField.text]?.siblings ?? [] {
                guard let text = try text(of: sibling, in: transaction), let manifest = SetManifest(text: text) else {
                    continue
                }
                var own: [String: String] = [:]
                for entry in manifest.rules { own[entry.name] = texts[entry.digest] }
                sets[manifest.name, default: []].append(
                    SetActivation.Candidate(
                        manifest: manifest, texts: own, disabled: disabled[manifest.name] ?? [],
                        pushed: Int64(sibling.stamp.milliseconds)))
            }
        }
        return sets
    }

    /// A text as it was written, also a long one that lies in a blob; nil where that has not arrived.
    static func text(of sibling: Sibling, in transaction: any StoreTransaction) throws -> String? {
        guard case .blob(let reference) = sibling.value else { return sibling.inline?.text }
        return try transaction.local.value(reference.hash.bytes, in: "blobs").map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    private static func ruleName(_ text: String) -> String? {
        do { return try RuleFiles.load([.init(path: "set/rule.yaml", text: text)]).entries.first?.name } catch {
            return nil
        }
    }
}
