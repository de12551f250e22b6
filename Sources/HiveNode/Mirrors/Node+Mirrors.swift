public import HiveAPI
import HiveCore
import HiveSync

extension Node: MirrorService {
    private func shared() throws(HiveError) -> Mirroring {
        guard let mirroring else {
            throw HiveError(.notSupported, "this node keeps nothing on a disk that could be mirrored")
        }
        return mirroring
    }

    public func mirrors(as caller: Caller) async throws -> MirrorReport {
        try await naming {
            try caller.requireOperator(to: "see mirrors")
            let names = try PeerNames.current(kernel)
            let others = try await shared().holdings().filter { $0.owner != identity.node }
            let held = Dictionary(grouping: others, by: \.owner)
            return MirrorReport(
                peers: try mirrorPeers(),
                held: held.sorted { $0.key < $1.key }.map { owner, holdings in
                    HeldMirrors(
                        node: owner.description, name: names[owner], backups: holdings.count,
                        bytes: holdings.reduce(0) { $0 + $1.held })
                }, maximumBytes: settings.backups.accepts?.maximumBytes)
        }
    }

    /// Those that are to keep copies as they are configured, then others that hold some.
    func mirrorPeers() throws -> [MirrorPeer] {
        guard let mirroring, let vault = kernel.surroundings.backups else { return [] }
        let names = try PeerNames.current(kernel)
        let records = try vault.records()
        let standings = mirroring.standings
        var told: Set<NodeID> = []
        var peers: [MirrorPeer] = []
        for request in settings.backups.mirrors {
            guard let node = names.node(called: request.peer) else {
                peers.append(
                    MirrorPeer(
                        node: request.peer, copies: request.copies, connected: false,
                        problem: "no single member of the hive is called `\(request.peer)`"))
                continue
            }
            guard told.insert(node).inserted else { continue }
            var peer = mirrorPeer(node, names, standings[node], copies: request.copies)
            peer.problem = problem(of: peer, standings[node], Array(records.prefix(request.copies)))
            peers.append(peer)
        }
        for (node, standing) in standings.sorted(by: { $0.key < $1.key }) where !told.contains(node) {
            let peer = mirrorPeer(node, names, standing, copies: 0)
            if !peer.backups.isEmpty { peers.append(peer) }
        }
        return peers
    }

    private func mirrorPeer(
        _ node: NodeID, _ names: PeerNames, _ standing: Mirroring.Standing?, copies: Int
    ) -> MirrorPeer {
        let entries = (standing?.listed ?? [:]).values.sorted {
            ($0.offer.created, $0.offer.id) > ($1.offer.created, $1.offer.id)
        }
        return MirrorPeer(
            node: node.description, name: names[node], copies: copies, connected: sync.links[node] != nil,
            backups: entries.map {
                MirroredBackup(
                    id: $0.offer.id, createdAt: $0.offer.created.rfc3339, keptUntil: $0.offer.keptUntil.rfc3339,
                    bytes: $0.offer.size, heldBytes: $0.held, whole: $0.isWhole)
            })
    }

    /// Why some of the wanted copies are not there. A new backup has ten minutes to travel, unless it was refused.
    private func problem(of peer: MirrorPeer, _ standing: Mirroring.Standing?, _ wanted: [BackupRecord]) -> String? {
        let whole = Set(peer.backups.filter(\.whole).map(\.id))
        let missing = wanted.filter { !whole.contains($0.id) }
        if let refusal = missing.compactMap({ standing?.refusals[$0.id] }).first { return refusal.message }
        let now = kernel.surroundings.now()
        guard let late = missing.first(where: { $0.created.advanced(bySeconds: Self.travelTime) <= now }) else {
            return nil
        }
        if !peer.connected { return "it is not connected" }
        if standing?.listed == nil { return "it has not answered; is its version old?" }
        return late.size == 0 ? "the file of backup \(late.id) is gone here" : "backup \(late.id) is still on its way"
    }

    /// Seconds.
    private static let travelTime: Int64 = 600

    /// What the health of a node says of copies that are missing.
    func mirrorComplaints() throws -> [String] {
        try mirrorPeers().compactMap { peer in
            peer.problem.map { problem in
                let whole = peer.backups.count { $0.whole }
                return "`\(peer.name ?? peer.node)` keeps \(whole) of \(peer.copies) copies of backups: \(problem)"
            }
        }
    }

    // MARK: Fetching

    public func fetchBackup(_ id: String, _ request: FetchBackup, as caller: Caller) async throws -> FetchedBackup {
        try await naming {
            try caller.requireOperator(to: "fetch backups")
            let (link, offer) = try copy(of: id, from: request.from, standings: try shared().standings)
            let path = try place(for: offer, path: request.path)
            try await link.fetch(offer, to: path)
            return FetchedBackup(
                id: offer.id, createdAt: offer.created.rfc3339, path: path, bytes: offer.size,
                from: link.peer.description)
        }
    }

    private func copy(
        of id: String, from: String?, standings: [NodeID: Mirroring.Standing]
    ) throws -> (MirrorLink, MirrorOffer) {
        let names = try PeerNames.current(kernel)
        let source = from.map { names.node(called: $0) }
        if case .some(.none) = source {
            throw HiveError(.notFound, "no single node is called `\(from ?? "")`", hint: "see `hivectl peers list`")
        }
        let links = sync.links.filter { source == nil || $0.key == source }
        let found = links.sorted { $0.key < $1.key }.flatMap { node, link in
            (standings[node]?.listed ?? [:]).values.filter { $0.isWhole && $0.offer.id.hasPrefix(id.lowercased()) }
                .compactMap { entry in link.mirrors.map { ($0, entry.offer) } }
        }
        let ids = Set(found.map { $0.1.id })
        guard let first = found.first, ids.count == 1, !id.isEmpty else {
            throw HiveError(
                ids.isEmpty ? .notFound : .ambiguous,
                "connected peers hold \(ids.count) whole copies of backups `\(id)`",
                hint: "see `hivectl backup mirrors`; a peer is asked what it holds once it is connected")
        }
        return first
    }

    private func place(for offer: MirrorOffer, path: String?) throws -> String {
        guard let path = path ?? settings.backups.directory.map({ "\($0)/fetched-\(offer.id).hivebackup" }),
            path.hasPrefix("/")
        else {
            throw HiveError(.invalidInput, "`\(path ?? "")` is no whole path", hint: "write it from the root on")
        }
        return path
    }
}
