extension HiveClient: MessageService {
    public func send(_ request: SendMessage, as caller: Caller) async throws -> MessageRecord {
        try request.checkLimits()
        return try await post("/api/v1/messages", request.json, as: caller)
    }

    public func ask(_ request: AskAgent, as caller: Caller) async throws -> AskAnswer {
        try request.checkLimits()
        return try await waiting(request.timeout).post("/api/v1/messages/ask", request.json, as: caller)
    }

    public func messages(_ query: MessageQuery, as caller: Caller) async throws -> Page<MessageRecord> {
        try query.checkLimits()
        return try await waiting(query.wait).get("/api/v1/messages", query: Self.parameters(of: query), as: caller)
    }

    public func message(_ id: String, as caller: Caller) async throws -> MessageRecord {
        try await get("/api/v1/messages" + Self.path(id), as: caller)
    }

    public func mark(_ request: MarkMessages, as caller: Caller) async throws -> MarkAnswer {
        try request.checkLimits()
        return try await post("/api/v1/messages/read", request.json, as: caller)
    }

    public func share(_ discovery: ShareDiscovery, as caller: Caller) async throws -> DiscoveryAnswer {
        try discovery.checkLimits()
        return try await post("/api/v1/messages/discoveries", discovery.json, as: caller)
    }

    /// The same client, with time for an answer that takes so many seconds by itself.
    private func waiting(_ seconds: Int) -> HiveClient {
        HiveClient(location, timeoutSeconds: timeoutSeconds + seconds)
    }
}

extension HiveClient: KnowledgeService {
    public func whoKnows(_ query: KnowledgeQuery, as caller: Caller) async throws -> KnowledgeAnswer {
        try await get("/api/v1/agents/knowledge", query: Self.parameters(of: query), as: caller)
    }
}
