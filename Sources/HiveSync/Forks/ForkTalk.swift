import HiveCore

/// A session's part about forks: asks a peer whose operations do not fit for its proof, and answers such questions.
/// Nobody is blamed before the proof is missing, wrong, or shows that what was sent is not what its author wrote.
struct ForkTalk: Sendable {
    /// What is to be done.
    enum Act: Sendable {
        case send(ForkMessage)
        case ask(ForkRequest)
        /// The peer is at fault: the conversation ends.
        case blame(code: String, message: String)
    }

    private struct Search: Sendable {
        var search: ForkSearch?
        /// Whether operations of the peer were refused; else only its word about a root stands against ours.
        let isRefused: Bool
        var since: Int64
        var steps = 0
    }

    /// More than the halves of any log, with the steps before.
    private static let maximumSteps = 128
    /// How many questions of a peer are answered in one interval.
    private static let maximumAnswers = 256

    private let timeout: Int64
    private var searches: [LogID: Search] = [:]
    /// Logs whose branches were asked for.
    private var claimed: Set<LogID> = []
    private var answers = 0
    private var intervalBegan: Int64 = 0

    init(timeout: Int64) { self.timeout = timeout }

    func isSearching(_ log: LogID) -> Bool { searches[log] != nil }

    /// What the peer has of a log does not fit what is here.
    mutating func begin(_ log: LogID, isRefused: Bool, now: Int64) -> [Act] {
        guard searches[log] == nil else { return [] }
        searches[log] = Search(isRefused: isRefused, since: now)
        return [.ask(.search(log))]
    }

    /// Asks for histories of logs that this node is to issue anew.
    mutating func claim(_ logs: [LogID]) -> [Act] {
        claimed = Set(logs)
        return logs.map { .send(.branchRequest($0)) }
    }

    mutating func receive(_ message: ForkMessage, now: Int64) -> [Act] {
        switch message {
        case .proofRequest(let log, let size, let root):
            return mayAnswer(now: now) ? [.ask(.loadProof(log, size: size, root: root))] : []
        case .branchRequest(let log): return mayAnswer(now: now) ? [.ask(.loadBranches(log))] : []
        case .branch(let range): return claimed.contains(range.checkpoint.log) ? [.ask(.keepBranch(range))] : []
        case .proof(let probe): return receive(probe, now: now)
        }
    }

    private mutating func receive(_ probe: ForkProbe, now: Int64) -> [Act] {
        let log = probe.checkpoint.log
        guard var search = searches[log]?.search, let isRefused = searches[log]?.isRefused else { return [] }
        let step = search.take(probe)
        searches[log]?.search = search
        searches[log]?.since = now
        searches[log]?.steps += 1
        switch step {
        case .asks:
            guard searches[log]?.steps ?? 0 < Self.maximumSteps else { return giveUp(log, isRefused: isRefused) }
            return [.send(.proofRequest(log, size: search.asked, root: search.pinned))]
        case .found(let finding): return [.ask(.prove(finding))]
        case .agrees:
            searches[log] = nil
            guard isRefused else { return [] }
            return [
                .blame(
                    code: ReplicaError.Code.wrongRoot.rawValue,
                    message: "log \(log.short) is one history, and what the peer sent of it is not in it")
            ]
        case .invalid: return giveUp(log, isRefused: true)
        }
    }

    mutating func handle(_ event: ForkEvent, now: Int64) -> [Act] {
        switch event {
        case .searched(let log, let search):
            guard let search, let since = searches[log]?.since else {
                searches[log] = nil
                return []
            }
            searches[log]?.search = search
            searches[log]?.since = max(since, now)
            return [.send(.proofRequest(log, size: search.asked, root: nil))]
        case .proven(let log, let isProven):
            guard searches.removeValue(forKey: log) != nil, !isProven else { return [] }
            return giveUp(log, isRefused: true)
        case .proofLoaded(let probe): return probe.map { [.send(.proof($0))] } ?? []
        case .branchesLoaded(let ranges): return ranges.map { .send(.branch($0)) }
        }
    }

    /// Gives up a peer that owes a proof.
    mutating func tick(now: Int64) -> [Act] {
        let late = searches.filter { now - $0.value.since > timeout }.sorted { $0.key < $1.key }
        return late.flatMap { giveUp($0.key, isRefused: $0.value.isRefused && $0.value.search != nil) }
    }

    private mutating func giveUp(_ log: LogID, isRefused: Bool) -> [Act] {
        searches[log] = nil
        guard isRefused else { return [] }
        return [
            .blame(
                code: "unproven_branch",
                message: "the peer does not prove that log \(log.short) goes on as it says")
        ]
    }

    private mutating func mayAnswer(now: Int64) -> Bool {
        if now - intervalBegan > timeout {
            intervalBegan = now
            answers = 0
        }
        answers += 1
        return answers <= Self.maximumAnswers
    }
}
