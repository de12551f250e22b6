import HiveCore
import HiveSync

/// What is asked of the nodes at a bad time.
extension Simulation {
    func load(_ fault: Fault) throws {
        let index = pick(fault)
        guard nodes[index].isUp else { return }
        try answering(index) {
            guard try isMember(index) else { return }
            switch fault {
            case .burst:
                let count = happens(5, fault) ? 1_000 : 60
                for start in stride(from: 0, to: count, by: 50) {
                    try commit((start..<min(count, start + 50)).map { _ in tally() }, on: index)
                }
            case .manyDocuments: try commit((0..<20).map { _ in newDocument() }, on: index)
            case .hotDocument:
                guard let state = try documents(on: index).first else { return }
                for _ in 0..<5 { try commit([change(state)], on: index) }
            case .erasures: try erase(on: index)
            case .resolutions: for peer in nodes.indices where nodes[peer].isUp { try resolve(on: peer) }
            case .revocations: try revoke()
            default: return
            }
        }
    }

    private func documents(on index: Int) throws -> [DocumentState] {
        try nodes[index].look { try $1.documents.list(.kind(.semantic, scope: scope.scope)) }
    }

    /// A small write: one document counts them all.
    private func tally() -> Draft {
        let document = DocumentID.derived(kind: DocumentKind.semantic.rawValue, key: [1], generation: 0)
        return Draft(
            .semantic, at: DocumentAddress(scope: scope.scope, document: document),
            changes: [.count(EngramField.verifications, 1)])
    }

    private func erase(on index: Int) throws {
        let all = try documents(on: index).filter { !$0.isErased }
        guard !all.isEmpty else { return }
        let state = all[Int(number(0...Int64(all.count - 1), .erasures))]
        let draft = Draft(
            .semantic, at: state.address, changes: [.set(ReservedField.erasure, .integer(0))])
        try commit([draft], on: index)
        if !nodes[index].isSuspect, let dot = try lastDot(of: index) { ledger.erased[state.address] = dot }
        try purge(index)
    }

    private func lastDot(of index: Int) throws -> Dot? {
        let log = nodes[index].replica.identity.log(in: scope.scope, .knowledge).id
        return try nodes[index].look { try $1.logs.row(log).map { Dot(log: log, number: $0.size) } }
    }

    /// Drops the bodies of what was erased.
    func purge(_ index: Int) throws {
        let time = time(of: nodes[index])
        _ = try nodes[index].write { try $0.purge(due: time, in: $1) }
    }

    private func resolve(on index: Int) throws {
        try answering(index) {
            guard try isMember(index), let state = try documents(on: index).first(where: \.isContested) else { return }
            let change = Draft.Change.setText(EngramField.content, "settled by \(index)")
            try commit([Draft(.semantic, at: state.address, resolves: true, changes: [change])], on: index)
        }
    }

    /// The founder takes a grant away, or gives one back.
    private func revoke() throws {
        guard nodes[0].isUp, nodes.count > 2 else { return }
        let index = Int(number(1...Int64(plan.nodes - 1), .revocations))
        let isBack = ledger.revoked.contains(index)
        try answering(0) {
            let grant = isBack ? grant(for: nodes[index]) : Grant(node: nodes[index].node, role: nil)
            try commit([Replica.grantDraft(grant, in: scope.scope)], on: 0)
            if isBack { ledger.revoked.remove(index) } else { ledger.revoked.insert(index) }
        }
    }

    /// Before all must agree, everybody is a member again.
    func restoreGrants() throws {
        for index in ledger.revoked.sorted() {
            try commit([Replica.grantDraft(grant(for: nodes[index]), in: scope.scope)], on: 0)
        }
        ledger.revoked = []
    }
}
