public import HiveAPI
import HiveCore
import HiveSync
import Synchronization

extension Node: PeerService {
    public func peers(as caller: Caller) async throws -> Page<Peer> {
        try await naming {
            let board = sync.board.entries
            return try kernel.consult { replica, transaction in
                let main = try replica.foundings(in: transaction).first { $0.name == .main }
                let authority = try main.map { try replica.authority(of: $0.scope, in: transaction) }
                let items = try PeerRecord.all(in: transaction).sorted { $0.name < $1.name }.map { record in
                    let entry = board[record.node]
                    let view = try ExchangeGate.view(for: record.node, replica: &replica, in: transaction)
                    let lag = entry.map { Self.lag(of: $0, behind: view) }
                    return Peer(
                        node: record.node.description, name: record.name,
                        address: record.address.isEmpty ? nil : record.address,
                        role: authority?.role(of: record.node)?.name,
                        state: entry?.isConnected == true ? .connected : .offline,
                        lastSeen: entry?.lastSeen?.rfc3339, lag: lag,
                        bytesSent: Int(entry?.bytesSent ?? 0), bytesReceived: Int(entry?.bytesReceived ?? 0),
                        problem: entry?.isConnected == true ? nil : entry?.lastError)
                }
                return Page(items: items)
            }
        }
    }

    /// How many operations here the peer has not said to hold.
    static func lag(of entry: PeerBoard.Entry, behind view: ExchangeView) -> Int {
        view.streams.flatMap(\.logs).reduce(0) { total, head in
            total + Int(head.size - min(head.size, entry.acknowledged[head.log] ?? 0))
        }
    }

    /// Whether this node has peers or awaits one: then its peer listener opens at the start.
    public func expectsPeers() throws -> Bool {
        try kernel.read { try !PeerRecord.all(in: $0).isEmpty || Pairing.hasInvitations(in: $0) }
    }

    /// The address that others are told, once the peer listener is open.
    func openListener() async throws -> PeerAddress {
        let bound = try await sync.open(on: settings.peerAddress)
        onIdentityChange.withLock { $0 }()
        return sync.advertisedAddress ?? bound
    }

    public func invite(_ request: InvitePeer, as caller: Caller) async throws -> Invitation {
        try await naming {
            guard caller.role == .operator else {
                throw HiveError(.forbidden, "an agent may not invite", hint: "use the operator token")
            }
            guard let role = Role(name: request.role), role != .appender else {
                throw HiveError(.invalidInput, "`\(request.role)` is no role", hint: "use reader, writer or steward")
            }
            let scopes = try kernel.consult { try Pairing.grants(request.scopes, as: role, &$0, $1) }
            let seconds = Int64(request.expiresIn ?? 3600)
            guard (1...604_800).contains(seconds) else {
                throw HiveError(
                    .invalidInput, "an invitation lasts from one second to a week", hint: "`expiresIn` is in seconds")
            }
            let wasOpen = sync.address != nil
            let address = try await openListener()
            let expires = kernel.surroundings.now().advanced(bySeconds: seconds)
            let secret = try await Pairing(kernel: kernel).invite(scopes, expires: expires)
            let identity = kernel.identity
            let line = InvitationLine(
                hive: identity.hive, inviter: identity.key, address: address.description, secret: secret,
                expires: expires)
            return Invitation(
                line: line.text, expiresAt: expires.rfc3339, role: role.name,
                scopes: scopes.map(\.founding.name.description), address: address.description,
                opened: !wasOpen)
        }
    }

    public func join(_ request: JoinHive, as caller: Caller) async throws -> JoinAnswer {
        try await naming {
            guard caller.role == .operator else {
                throw HiveError(.forbidden, "an agent may not join a hive", hint: "use the operator token")
            }
            guard let line = InvitationLine(request.line), let address = PeerAddress(line.address) else {
                throw HiveError(
                    .invalidInput, "this is no invitation", hint: "paste the whole line that `peers invite` printed")
            }
            let identity = kernel.identity
            guard line.expires > kernel.surroundings.now() else {
                throw HiveError(.invalidInput, "the invitation has expired", hint: "ask for a new one")
            }
            guard line.inviter != identity.key else {
                throw HiveError(.invalidInput, "this is this node's own invitation")
            }
            let shared = try sharedMemories()
            var answer = JoinAnswer(
                hive: line.hive.description, node: identity.node.description, peer: line.inviter.nodeID.description,
                wouldReissue: shared.map { $0.address.document.description }, joined: false, address: line.address)
            if line.hive != identity.hive {
                answer.wouldLeave = try kernel.consult { try Leaving.summary(&$0, in: $1) }
                let asks = !answer.wouldReissue.isEmpty || !answer.wouldLeave.isEmpty
                if asks, !request.reissue { return answer }
            }
            let welcome = try await askToJoin(line, at: address)
            let inviter = PeerRecord(key: line.inviter, name: welcome.name, address: line.address)
            let kept = line.hive == identity.hive ? [] : try shared.map { ($0.address.document, try keptMemory($0)) }
            try await Pairing(kernel: kernel).adopt(welcome, inviter: inviter, keeping: kept)
            if line.hive != identity.hive { await sync.hangUp() }
            for peer in try kernel.read({ try PeerRecord.all(in: $0) }) { sync.keep(peer.node) }
            onIdentityChange.withLock { $0 }()
            if !kept.isEmpty { try await waitForReissue() }
            answer.joined = true
            answer.scopes = welcome.scopes.map(\.name.description)
            return answer
        }
    }

    /// Re-issues what was kept as soon as the law of the new hive allows it. Gives up after ten seconds; housekeeping goes on.
    private func waitForReissue() async throws {
        let deadline = kernel.surroundings.uptime() + 10_000
        while try await reissue() > 0, kernel.surroundings.uptime() < deadline {
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Memories that belong to shared scopes of the present hive, which another hive would not know.
    private func sharedMemories() throws -> [DocumentState] {
        try kernel.consult { replica, transaction in
            let shared = Set(try replica.foundings(in: transaction).filter { $0.name.kind != .instance }.map(\.scope))
            return try transaction.documents.list(.all).filter {
                EngramKind($0.kind) != nil && shared.contains($0.address.scope) && !$0.isErased && !$0.isForgotten
            }
        }
    }

    private func keptMemory(_ state: DocumentState) throws -> StoreMemory {
        try kernel.consult { replica, transaction in
            let view = MemoryView(transaction: transaction, lookup: try ScopeLookup(&replica, transaction))
            guard let memory = try view.memory(state), let content = memory.content else {
                throw HiveError(.notFound, "a memory to re-issue has no content here")
            }
            var kept = StoreMemory(
                content: content, kind: memory.kind, scope: memory.scope, category: memory.category,
                context: memory.context,
                tags: memory.tags, metadata: memory.metadata, confidence: memory.confidence,
                expiresAt: memory.expiresAt, source: "reissued:\(memory.id)", agent: memory.author.agent)
            let known = memory.epistemic
            (kept.subject, kept.relation, kept.object) = (known.subject, known.relation, known.object)
            (kept.status, kept.singleValued) = (known.status, known.singleValued)
            kept.episode = memory.episode
            kept.skill = memory.skill
            // What cannot be made a record again is kept as what it says.
            if let record = memory.record, RecordRestoration.accepts(record) { kept.record = record }
            return kept
        }
    }

    private func askToJoin(_ line: InvitationLine, at address: PeerAddress) async throws -> SyncMessage.JoinResponse {
        let own = try await openListener()
        let connection = try await sync.connect(to: address, expecting: line.inviter.nodeID)
        let request = SyncMessage.JoinRequest(secret: line.secret, name: settings.name, address: own.description)
        try await connection.send(SyncMessage.joinRequest(request).encoded(), lane: .control)
        var iterator = connection.messages.makeAsyncIterator()
        let answer = try await iterator.next().flatMap { try SyncMessage.decode($0) }
        await connection.close()
        switch answer {
        case .joinResponse(let response):
            guard response.hive.hive == line.hive else {
                throw HiveError(.invalidInput, "the inviting node answered for another hive than the invitation names")
            }
            return response
        case .joinRefusal(_, let message): throw HiveError(.forbidden, message, hint: "ask for a new invitation")
        default: throw HiveError(.unreachable, "the inviting node did not answer", hint: "try again")
        }
    }
}
