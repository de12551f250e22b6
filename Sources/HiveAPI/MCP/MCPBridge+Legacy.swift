extension MCPBridge {
    /// Questions inside an answer that are out as requests to the client.
    struct Round: Sendable {
        let state: JSONValue?
        /// Which question a request to the client carries.
        var open: [String: String]
        var answers: [String: JSONValue] = [:]
    }

    // MARK: From the client

    mutating func legacy(_ message: JSONValue, _ method: String, _ batch: Int?) -> [Directive] {
        guard let id = message["id"] else { return [] }
        switch method {
        case "initialize":
            let parameters = message["params"]
            let capabilities = parameters?["capabilities"] ?? [:]
            guard capabilities.bytes.count <= Client.mostCapabilities else {
                let error = HiveError(
                    .tooLarge, "`params.capabilities` has more than \(Client.mostCapabilities) bytes",
                    hint: "name what the client can do, and nothing else")
                return tell(Self.failure(id, code: -32602, error), batch)
            }
            client.information = Client.information(parameters?["clientInfo"])
            client.capabilities = capabilities
            return [ask(message, .legacy, batch)]
        case "ping": return [ask(message, .legacy, batch)]
        case "logging/setLevel":
            guard let level = message["params"]?["level"], Self.logLevels.contains(level.string ?? "") else {
                let error = HiveError(
                    .invalidInput, "`params.level` must be a log level",
                    hint: "there are \(Self.logLevels.joined(separator: ", "))")
                return tell(Self.failure(id, code: -32602, error), batch)
            }
            client.logLevel = level
            return tell(Self.result(id), batch)
        case "resources/subscribe", "resources/unsubscribe":
            return subscribe(message, id, isWanted: method == "resources/subscribe", batch)
        default: return [ask(modernized(message), .legacy, batch)]
        }
    }

    static let logLevels = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"]

    static func result(_ id: JSONValue, _ result: JSONValue = [:]) -> JSONValue {
        ["jsonrpc": "2.0", "id": id, "result": result]
    }

    /// The same request in the words of the stateless revision.
    func modernized(_ message: JSONValue, adding more: [String: JSONValue] = [:]) -> JSONValue {
        guard var members = message.object else { return message }
        var parameters = members["params"]?.object ?? [:]
        var meta = parameters["_meta"]?.object ?? [:]
        meta[Self.versionKey] = .string(Self.version)
        meta[Self.capabilitiesKey] = client.capabilities.object == nil ? [:] : client.capabilities
        meta[Self.clientKey] = client.information
        meta[Self.logLevelKey] = client.logLevel
        parameters["_meta"] = .object(meta)
        members["params"] = .object(parameters.merging(more) { _, new in new })
        return .object(members)
    }

    /// An answer of the client to a question of the bridge.
    mutating func answered(_ message: JSONValue, size: Int = 0) -> [Directive] {
        guard let id = message["id"]?.string,
            let (number, round) = rounds.first(where: { $0.value.open[id] != nil }), let exchange = exchanges[number]
        else { return [] }
        if let error = message["error"] {
            // Whoever asked cannot go on without the answer: the client learns why from its own words.
            exchanges[number] = nil
            let answer: JSONValue = ["jsonrpc": "2.0", "id": exchange.id ?? .null, "error": error]
            return withdraw(number, except: id) + tell(answer, exchange.batch)
        }
        var left = round
        if let key = left.open.removeValue(forKey: id) { left.answers[key] = message["result"] ?? [:] }
        rounds[number] = left
        exchanges[number]?.size += size
        guard left.open.isEmpty else { return [] }
        rounds[number] = nil
        return [again(exchange, number, left)]
    }

    /// The request once more, with what the client was asked for.
    private mutating func again(_ exchange: Exchange, _ number: Int, _ round: Round) -> Directive {
        var more: [String: JSONValue] = ["inputResponses": .object(round.answers)]
        more["requestState"] = round.state
        exchanges[number] = nil
        let message = modernized(exchange.message, adding: more)
        let request = request(message)
        exchanges[request.number] = Exchange(
            message: exchange.message, era: .legacy, batch: exchange.batch, size: exchange.size)
        return .ask(request)
    }

    /// Takes back the questions of a request that nobody waits for any more.
    mutating func withdraw(_ number: Int, except answered: String? = nil) -> [Directive] {
        guard let round = rounds.removeValue(forKey: number) else { return [] }
        return round.open.keys.sorted().filter { $0 != answered }.map { id in
            .tell([
                "jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": .string(id)],
            ])
        }
    }

    // MARK: From the server

    mutating func heardLegacy(
        _ message: JSONValue, _ exchange: Exchange, _ number: Int, _ isAnswer: Bool
    ) -> [Directive] {
        guard isAnswer else { return [.tell(message)] }
        if let result = message["result"], result["resultType"] == "input_required" {
            return question(result, number)
        }
        exchanges[number]?.isAnswered = true
        return tell(exchange.method == "initialize" ? introduced(message) : Self.legacyAnswer(message), exchange.batch)
    }

    private mutating func question(_ result: JSONValue, _ number: Int) -> [Directive] {
        var round = Round(state: result["requestState"], open: [:])
        var directives: [Directive] = []
        for (key, question) in (result["inputRequests"]?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            let id = "hive-\(nextNumber())"
            round.open[id] = key
            var parameters = question["params"]?.object ?? [:]
            // Only the newest of the legacy revisions knows more than one mode.
            if client.revision != "2025-11-25" { parameters["mode"] = nil }
            directives.append(
                .tell([
                    "jsonrpc": "2.0", "id": .string(id), "method": question["method"] ?? .null,
                    "params": .object(parameters),
                ]))
        }
        guard let exchange = exchanges[number] else { return [] }
        guard !directives.isEmpty else { return [again(exchange, number, round)] }
        rounds[number] = round
        return directives
    }

    /// The answer to `initialize`, with what this road makes possible.
    private mutating func introduced(_ message: JSONValue) -> JSONValue {
        client.revision = message["result"]?["protocolVersion"]?.string
        guard var members = message.object, var result = members["result"]?.object,
            var capabilities = result["capabilities"]?.object
        else { return message }
        capabilities["logging"] = [:]
        for kind in ["tools", "prompts", "resources"] where capabilities[kind] != nil {
            var members: [String: JSONValue] = ["listChanged": true]
            if kind == "resources" { members["subscribe"] = true }
            capabilities[kind] = .object(members)
        }
        result["capabilities"] = .object(capabilities)
        members["result"] = .object(result)
        return .object(members)
    }

    /// An answer without what the legacy revisions do not know.
    static func legacyAnswer(_ message: JSONValue) -> JSONValue {
        guard var members = message.object else { return message }
        if var result = members["result"]?.object {
            for name in ["resultType", "ttlMs", "cacheScope"] { result[name] = nil }
            if var meta = result["_meta"]?.object {
                meta["io.modelcontextprotocol/serverInfo"] = nil
                result["_meta"] = meta.isEmpty ? nil : .object(meta)
            }
            members["result"] = .object(result)
        }
        // A resource that is not there had a code of its own.
        if var error = members["error"]?.object, error["code"] == -32602, error["data"]?["uri"] != nil {
            error["code"] = -32002
            members["error"] = .object(error)
        }
        return .object(members)
    }
}
