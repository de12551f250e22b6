import HiveAPI
import Synchronization

/// A small node that keeps everything in memory: real behaviour, no disk, no peers but those it is told of.
final class InMemoryNode: Sendable {
    struct Record {
        var memory: Memory
        var number: Int
        var isForgotten = false
        var isErased = false
        var history: [HistoryEntry] = []
    }

    struct State {
        var records: [String: Record] = [:]
        var answers: [String: MemoryAnswer] = [:]
        var conflicts: [String: Conflict] = [:]
        var rules: [String: RuleDetail] = [:]
        var health = Health(status: .ok)
        var clock = 0
        var syncs = 0
        var attended: [String] = []
        var agents: [String: AgentRecord] = [:]
        var messages: [MessageRecord] = []
        /// Under which names somebody called a tool.
        var heard: [String?] = []
        /// Every call that arrived, for tests that must see that none did.
        var calls: [String] = []
        var lastCaller: Caller?
        /// What the law was asked last.
        var lastQuestion: JSONValue?
    }

    private let state = Mutex(State())
    let broadcast = EventBroadcast()

    var services: NodeServices {
        var services = parts
        (services.hooks, services.commands, services.validation) = (self, self, self)
        return services
    }

    private var parts: NodeServices {
        NodeServices(
            memories: self,
            assessments: self,
            beliefs: self,
            conflicts: self,
            forks: self,
            peers: self,
            rules: self,
            status: self,
            events: broadcast,
            portability: self,
            backups: self,
            mirrors: self,
            keys: self,
            tokens: self,
            access: self,
            episodes: self,
            skills: self,
            promotions: self,
            working: self,
            links: self,
            lifecycle: self,
            records: self,
            statistics: self,
            decisionLog: self,
            tasks: self,
            agents: self,
            messages: self,
            knowledge: self,
            scopes: self)
    }

    var calls: [String] { state.withLock { $0.calls } }
    var lastQuestion: JSONValue? { state.withLock { $0.lastQuestion } }
    var lastCaller: Caller? { state.withLock { $0.lastCaller } }

    func withState<R>(_ body: (inout State) throws -> R) rethrows -> R {
        try state.withLock { state in try body(&state) }
    }

    func note(_ call: String, _ caller: Caller) {
        state.withLock { state in
            state.calls.append(call)
            state.lastCaller = caller
        }
    }

    static func time(_ number: Int) -> String {
        let seconds = number % 60 < 10 ? "0\(number % 60)" : "\(number % 60)"
        return "2026-11-21T08:00:\(seconds).000Z"
    }

    static func version(_ number: Int) -> String { "v\(number)" }
}
