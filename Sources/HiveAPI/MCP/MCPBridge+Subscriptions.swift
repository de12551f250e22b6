extension MCPBridge {
    /// What a client wants to hear of between its requests.
    struct Subscription: Sendable {
        /// Resources that a legacy client subscribed to.
        var resources: Set<String> = []
        /// The exchange that is the subscription of a legacy client.
        var current: Int?
        /// The one that takes its place, and whom to tell when it does.
        var next: Int?
        var waiting: [(id: JSONValue, batch: Int?)] = []
        /// Subscriptions that were acknowledged, and of them those that were opened anew after a break.
        var acknowledged: Set<Int> = []
        var reopened: Set<Int> = []
    }

    static let mostResources = 256
    /// How long the name of one may be, in bytes.
    static let longestResource = 2 << 10

    // MARK: Of a legacy client

    mutating func subscribe(_ message: JSONValue, _ id: JSONValue, isWanted: Bool, _ batch: Int?) -> [Directive] {
        guard let uri = message["params"]?["uri"]?.string, !uri.isEmpty else {
            let error = HiveError(.invalidInput, "`params.uri` must name a resource")
            return tell(Self.failure(id, code: -32602, error), batch)
        }
        guard uri.utf8.count <= Self.longestResource else {
            let error = HiveError(.tooLarge, "`params.uri` has more than \(Self.longestResource) bytes")
            return tell(Self.failure(id, code: -32602, error), batch)
        }
        if isWanted { subscription.resources.insert(uri) } else { subscription.resources.remove(uri) }
        guard subscription.resources.count <= Self.mostResources else {
            subscription.resources.remove(uri)
            let error = HiveError(.tooLarge, "there are \(Self.mostResources) subscriptions already")
            return tell(Self.failure(id, code: -32602, error), batch)
        }
        guard !subscription.resources.isEmpty else {
            return dropSubscription() + tell(Self.result(id), batch)
        }
        subscription.waiting.append((id, batch))
        return renew()
    }

    private mutating func renew() -> [Directive] {
        var directives: [Directive] = []
        if let next = subscription.next {
            exchanges[next] = nil
            directives.append(.callOff(next))
        }
        let number = nextNumber()
        subscription.next = number
        let message = modernized([
            "jsonrpc": "2.0", "id": .string("hive-subscription-\(number)"), "method": "subscriptions/listen",
            "params": [
                "notifications": [
                    "toolsListChanged": true, "promptsListChanged": true, "resourcesListChanged": true,
                    "resourceSubscriptions": .array(subscription.resources.sorted().map(JSONValue.string)),
                ]
            ],
        ])
        exchanges[number] = Exchange(message: message, era: .subscription)
        return directives + [.ask(request(message, number: number))]
    }

    private mutating func dropSubscription() -> [Directive] {
        let open = [subscription.current, subscription.next].compactMap { $0 }
        for number in open { exchanges[number] = nil }
        subscription.current = nil
        subscription.next = nil
        return open.map(Directive.callOff) + confirm()
    }

    /// Tells those who wait that their subscription holds.
    private mutating func confirm() -> [Directive] {
        let waiting = subscription.waiting
        subscription.waiting = []
        return waiting.flatMap { tell(Self.result($0.id), $0.batch) }
    }

    mutating func heardOfSubscription(_ message: JSONValue, _ number: Int, _ isAnswer: Bool) -> [Directive] {
        if isAnswer {
            guard message["error"] != nil else { return [] }
            exchanges[number] = nil
            if subscription.next == number { subscription.next = nil }
            let waiting = subscription.waiting
            subscription.waiting = []
            return waiting.flatMap { waiting -> [Directive] in
                var answer = message.object ?? [:]
                answer["id"] = waiting.id
                return tell(.object(answer), waiting.batch)
            }
        }
        guard message["method"] == "notifications/subscriptions/acknowledged" else {
            return [.tell(Self.withoutSubscription(message))]
        }
        if subscription.reopened.remove(number) != nil { return missed(subscription.resources.sorted(), nil) }
        var directives: [Directive] = []
        if let current = subscription.current {
            exchanges[current] = nil
            directives.append(.callOff(current))
        }
        subscription.current = number
        subscription.next = nil
        subscription.acknowledged = [number]
        return directives + confirm()
    }

    /// A subscription outlives the server that it was made with.
    mutating func subscriptionEnded(_ number: Int, _ error: HiveError?) -> [Directive] {
        guard let exchange = exchanges[number] else { return [] }
        if let again = reopened(number, exchange, error) { return [again] }
        exchanges[number] = nil
        subscription.next = nil
        let error = error ?? HiveError(.unreachable, "the node's answer broke off", hint: "subscribe again")
        let waiting = subscription.waiting
        subscription.waiting = []
        return waiting.flatMap { tell(Self.failure($0.id, code: -32603, error), $0.batch) }
    }

    /// A subscription that held is opened anew, unless the server refuses it now.
    mutating func reopened(_ number: Int, _ exchange: Exchange, _ error: HiveError?) -> Directive? {
        guard exchange.method == "subscriptions/listen", subscription.acknowledged.contains(number),
            error == nil || error?.code == .unreachable
        else { return nil }
        subscription.reopened.insert(number)
        return .askAgain(request(exchange.message, number: number))
    }

    // MARK: Of a client of the stateless revision

    mutating func heardModern(
        _ message: JSONValue, _ exchange: Exchange, _ number: Int, _ isAnswer: Bool
    ) -> [Directive] {
        if isAnswer {
            // A node that shuts down ends its subscriptions; the bridge waits for the next node.
            let isOver = subscription.acknowledged.contains(number) && message["result"] != nil
            guard !isOver else { return [] }
            exchanges[number]?.isAnswered = true
            return tell(message, exchange.batch)
        }
        guard exchange.method == "subscriptions/listen",
            message["method"] == "notifications/subscriptions/acknowledged"
        else { return [.tell(message)] }
        subscription.acknowledged.insert(number)
        guard subscription.reopened.remove(number) != nil else { return [.tell(message)] }
        let wanted = message["params"]?["notifications"]
        return missed((wanted?["resourceSubscriptions"]?.array ?? []).compactMap(\.string), exchange.id, wanted)
    }

    /// What may have changed while nobody listened: everything.
    private func missed(_ resources: [String], _ id: JSONValue?, _ wanted: JSONValue? = nil) -> [Directive] {
        let meta: [String: JSONValue] =
            id.map { ["_meta": ["io.modelcontextprotocol/subscriptionId": $0]] } ?? [:]
        let lists = ["tools", "prompts", "resources"].filter { wanted == nil || wanted?["\($0)ListChanged"] == true }
        let changes = lists.map { (method: "notifications/\($0)/list_changed", parameters: meta) }
        let updates = resources.map { uri in
            (
                method: "notifications/resources/updated",
                parameters: meta.merging(["uri": .string(uri)]) { _, new in new }
            )
        }
        return (changes + updates).map { change in
            .tell(["jsonrpc": "2.0", "method": .string(change.method), "params": .object(change.parameters)])
        }
    }

    private static func withoutSubscription(_ message: JSONValue) -> JSONValue {
        guard var members = message.object, var parameters = members["params"]?.object else { return message }
        parameters["_meta"] = nil
        members["params"] = .object(parameters)
        return .object(members)
    }
}
