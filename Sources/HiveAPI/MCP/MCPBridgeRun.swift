/// Runs an `MCPBridge`: takes lines in, sends messages out, and keeps the requests that are under way.
public struct MCPBridgeRun: Sendable {
    /// Takes one message for the client.
    public typealias Send = @Sendable (JSONValue) -> Void
    /// Asks the server, hands over every message that comes back, and returns when there are no more.
    public typealias Ask = @Sendable (MCPBridge.Request, @escaping Send) async throws -> Void

    /// Told of each line that was read, and of what is under way then; nil instead of a line where something came to an end.
    public typealias Watch = @Sendable (String?, MCPBridge.Load) -> Void

    /// How long after the last line what is under way may take.
    static let grace = Duration.seconds(5)
    private static let pauses: [Duration] = [.milliseconds(50), .milliseconds(200), .seconds(1), .seconds(3)]

    private let agent: String?
    private let send: Send
    private let watch: Watch
    private let ask: Ask

    public init(
        agent: String? = nil, send: @escaping Send, watch: @escaping Watch = { _, _ in }, exchange ask: @escaping Ask
    ) {
        self.agent = agent
        self.send = send
        self.watch = watch
        self.ask = ask
    }

    private enum Input: Sendable {
        case line(String)
        case message(JSONValue, Int)
        case end(Int, HiveError?)
        case closed
        case late
    }

    /// Returns soon after the lines end: when all that was asked is answered, or after a short grace.
    public func run(_ lines: AsyncStream<String>) async {
        let (inputs, inbox) = AsyncStream.makeStream(of: Input.self)
        let reader = Task {
            for await line in lines { inbox.yield(.line(line)) }
            inbox.yield(.closed)
        }
        var state = State(bridge: MCPBridge(agent: agent))
        for await input in inputs {
            for directive in state.take(input) { perform(directive, &state, inbox) }
            switch input {
            case .line(let line): watch(line, state.bridge.load)
            case .message, .end: watch(nil, state.bridge.load)
            case .closed, .late: break
            }
            if case .closed = input {
                state.isClosed = true
                state.tasks[0] = Task {
                    try await Task.sleep(for: Self.grace)
                    inbox.yield(.late)
                }
            }
            if case .late = input { break }
            if state.isClosed, state.waiting.isEmpty { break }
        }
        reader.cancel()
        for task in state.tasks.values { task.cancel() }
    }

    private struct State {
        var bridge: MCPBridge
        var tasks: [Int: Task<Void, any Error>] = [:]
        /// Requests that will be answered: subscriptions go on for ever.
        var waiting: Set<Int> = []
        var isClosed = false

        mutating func take(_ input: Input) -> [MCPBridge.Directive] {
            switch input {
            case .line(let line): return bridge.line(line)
            case .message(let message, let number): return bridge.heard(message, of: number)
            case .end(let number, let error):
                tasks[number] = nil
                waiting.remove(number)
                return bridge.ended(number, error)
            case .closed, .late: return []
            }
        }
    }

    private func perform(
        _ directive: MCPBridge.Directive, _ state: inout State, _ inbox: AsyncStream<Input>.Continuation
    ) {
        switch directive {
        case .tell(let message): send(message)
        case .ask(let request):
            if request.message["method"] != "subscriptions/listen" { state.waiting.insert(request.number) }
            state.tasks[request.number] = Task {
                let failure = await exchange(request, inbox)
                inbox.yield(.end(request.number, failure))
            }
        case .askAgain(let request):
            state.tasks[request.number] = Task {
                var attempt = 0
                var failure: HiveError?
                repeat {
                    try await Task.sleep(for: Self.pauses[min(attempt, Self.pauses.count - 1)])
                    attempt += 1
                    failure = await exchange(request, inbox)
                } while failure?.code == .unreachable
                inbox.yield(.end(request.number, failure))
            }
        case .callOff(let number):
            state.tasks.removeValue(forKey: number)?.cancel()
            state.waiting.remove(number)
        }
    }

    private func exchange(_ request: MCPBridge.Request, _ inbox: AsyncStream<Input>.Continuation) async -> HiveError? {
        do {
            try await ask(request) { inbox.yield(.message($0, request.number)) }
            return nil
        } catch { return HiveError.wrapping(error) }
    }
}
