/// One client of the Model Context Protocol on a road that goes both ways, in front of a server that answers one request at a
/// time and keeps nothing: standard input and output before a node, or a legacy stream of events within one.
///
/// A client of the stateless revision is passed through. For a legacy client the bridge is its conversation: it knows what the
/// client said in `initialize`, says it again with every request in the words of the stateless revision, keeps its log level
/// and subscriptions, and turns questions inside an answer into requests to the client. A value: what comes in makes
/// directives, and whoever runs it does what they say.
public struct MCPBridge: Sendable {
    /// What to do next, in order.
    public enum Directive: Sendable {
        /// This message is for the client.
        case tell(JSONValue)
        /// Ask the server; what it says comes back by `heard` and in the end `ended`.
        case ask(Request)
        /// The same, once the server can be reached again.
        case askAgain(Request)
        /// Nobody waits for the answer any more.
        case callOff(Int)
    }

    /// A message to the server.
    public struct Request: Sendable {
        /// Tells what comes back apart; never used twice.
        public let number: Int
        public let message: JSONValue
        /// The headers that repeat what the message says, for roads that have some.
        public let headers: [(name: String, value: String)]

        public var body: [UInt8] { message.bytes }
    }

    static let versionKey = "io.modelcontextprotocol/protocolVersion"
    static let capabilitiesKey = "io.modelcontextprotocol/clientCapabilities"
    static let clientKey = "io.modelcontextprotocol/clientInfo"
    static let logLevelKey = "io.modelcontextprotocol/logLevel"
    /// The revision that the bridge itself speaks to the server.
    static let version = "2026-07-28"

    /// A request that the server has not finished with.
    struct Exchange: Sendable {
        let message: JSONValue
        let era: Era
        var isAnswered = false
        /// Of a batch: which one.
        var batch: Int?
        /// About how many bytes are kept for it.
        var size = 0

        var id: JSONValue? { message["id"] }
        var method: String { message["method"]?.string ?? "" }
    }

    enum Era: Sendable {
        case modern
        case legacy
        /// The bridge's own subscription for a legacy client.
        case subscription
    }

    /// The name that the agent was given by who started the bridge; else the client's own.
    let agent: String?
    var client = Client()
    var exchanges: [Int: Exchange] = [:]
    var rounds: [Int: Round] = [:]
    var subscription = Subscription()
    var batches: [Int: Batch] = [:]
    private var lastNumber = 0
    /// Of the message that is being read: what is kept of it.
    private var messageSize = 0

    public init(agent: String? = nil) { self.agent = agent }

    /// What a legacy client said in `initialize`, and since.
    struct Client: Sendable {
        /// How many bytes of its capabilities are kept, as long as the conversation lasts.
        static let mostCapabilities = 4 << 10
        /// The same of its name and of its version.
        private static let mostOfName = 128

        var information: JSONValue?
        var capabilities: JSONValue = [:]
        var revision: String?
        var logLevel: JSONValue?

        /// What is kept of how a client calls itself: name and version, each no longer than names are.
        static func information(_ said: JSONValue?) -> JSONValue? {
            guard let said = said?.object else { return nil }
            var kept: [String: JSONValue] = [:]
            for key in ["name", "version"] {
                guard let text = said[key]?.string else { continue }
                var start = ""
                for scalar in text.unicodeScalars {
                    guard start.utf8.count + UTF8.width(scalar) <= mostOfName else { break }
                    start.unicodeScalars.append(scalar)
                }
                kept[key] = .string(start)
            }
            return .object(kept)
        }
    }

    /// What a bridge has not finished with.
    public struct Load: Sendable, Hashable {
        public var requests = 0
        /// About how many bytes they keep.
        public var bytes = 0

        public init() {}
    }

    public var load: Load {
        exchanges.values.reduce(into: Load()) { load, exchange in
            load.requests += exchange.era == .subscription ? 0 : 1
            load.bytes += exchange.size
        }
    }

    mutating func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    // MARK: From the client

    /// One line of the client, without its line break.
    public mutating func line(_ line: String) -> [Directive] {
        guard line.contains(where: { !$0.isWhitespace }) else { return [] }
        let json: JSONValue
        do { json = try JSONValue(parsing: line) } catch {
            return [.tell(Self.failure(.null, code: -32700, HiveError.wrapping(error)))]
        }
        if let messages = json.array {
            messageSize = line.utf8.count / max(messages.count, 1)
            return batch(messages)
        }
        messageSize = line.utf8.count
        return message(json)
    }

    mutating func message(_ message: JSONValue, batch: Int? = nil) -> [Directive] {
        guard let method = message["method"]?.string else {
            guard message["result"] == nil, message["error"] == nil else { return answered(message, size: messageSize) }
            let error = HiveError(.invalidInput, "a JSON-RPC message needs a `method`")
            return tell(Self.failure(message["id"] ?? .null, code: -32600, error), batch)
        }
        if method == "notifications/cancelled" { return cancelled(message) }
        let meta = message["params"]?["_meta"]
        if method != "initialize", meta?[Self.versionKey] != nil || method == "server/discover" {
            return [ask(message, .modern, batch)]
        }
        return legacy(message, method, batch)
    }

    private mutating func cancelled(_ message: JSONValue) -> [Directive] {
        guard let id = message["params"]?["requestId"] else { return [] }
        var directives: [Directive] = []
        for (number, exchange) in exchanges where exchange.id == id && exchange.era != .subscription {
            exchanges[number] = nil
            subscription.acknowledged.remove(number)
            directives += [.callOff(number)] + withdraw(number)
            if let batch = exchange.batch { directives += finish(batch) }
        }
        return directives
    }

    mutating func ask(_ message: JSONValue, _ era: Era, _ batch: Int? = nil) -> Directive {
        let request = request(message)
        if message["id"] != nil {
            exchanges[request.number] = Exchange(message: message, era: era, batch: batch, size: messageSize)
        }
        return .ask(request)
    }

    mutating func request(_ message: JSONValue, number: Int? = nil) -> Request {
        Request(number: number ?? nextNumber(), message: message, headers: headers(message))
    }

    // MARK: From the server

    /// A message of the server that belongs to a request.
    public mutating func heard(_ message: JSONValue, of number: Int) -> [Directive] {
        guard let exchange = exchanges[number] else { return [] }
        let isAnswer = message["method"] == nil
        switch exchange.era {
        case .subscription: return heardOfSubscription(message, number, isAnswer)
        case .legacy: return heardLegacy(message, exchange, number, isAnswer)
        case .modern: return heardModern(message, exchange, number, isAnswer)
        }
    }

    /// The server will say no more of a request: it is done, or what went wrong.
    public mutating func ended(_ number: Int, _ error: HiveError? = nil) -> [Directive] {
        guard let exchange = exchanges[number] else { return [] }
        // A question to the client is out: the request goes on with its answer.
        if rounds[number] != nil { return [] }
        if exchange.era == .subscription { return subscriptionEnded(number, error) }
        if exchange.isAnswered {
            exchanges[number] = nil
            return []
        }
        if let again = reopened(number, exchange, error) { return [again] }
        exchanges[number] = nil
        let error = error ?? HiveError(.unreachable, "the node's answer broke off", hint: "ask again")
        return tell(Self.failure(exchange.id ?? .null, code: -32603, error), exchange.batch)
    }

    static func failure(_ id: JSONValue, code: Int64, _ error: HiveError) -> JSONValue {
        let hint = error.hint.map(JSONValue.string) ?? .null
        return [
            "jsonrpc": "2.0", "id": id,
            "error": [
                "code": .integer(code), "message": .string(error.message),
                "data": ["code": .string(error.code.name), "hint": hint],
            ],
        ]
    }
}
