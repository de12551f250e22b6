import HiveCore

/// How a session speaks about forks.
extension SyncSession {
    mutating func directives(for acts: [ForkTalk.Act]) -> [SyncDirective] {
        var directives: [SyncDirective] = []
        for act in acts {
            switch act {
            case .send(let message): directives.append(.send(.fork(message)))
            case .ask(let request): directives.append(.fork(request))
            case .blame(let code, let message): return directives + close(code: code, message)
            }
        }
        return directives
    }

    /// What two nodes say of one log contradicts itself where it is as long on both and has two roots.
    mutating func compareRoots(of heads: [LogHead], in stream: StreamView?, now: Int64) -> [SyncDirective] {
        guard settings.defences.stands(.equalLengthsAreCompared), let stream else { return [] }
        let own = Dictionary(stream.logs.map { ($0.log, $0) }) { first, _ in first }
        return heads.flatMap { head -> [SyncDirective] in
            guard let known = own[head.log], known.size == head.size, known.root != head.root else { return [] }
            return directives(for: forks.begin(head.log, isRefused: false, now: now))
        }
    }
}
