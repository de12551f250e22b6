import HiveAPI

extension RESTInterface {
    static func messageRoutes(_ services: NodeServices) -> [Route] {
        let messages = services.messages
        return [
            Route(
                method: "POST", template: "/api/v1/messages",
                about: .init("sendMessage", "Tell agents something, or answer them. They need not be there.", .agent),
                input: .body(SendMessage.self, headers: ["Idempotency-Key"]), output: .json(MessageRecord.self, 201)
            ) { call in
                var request = try call.body(as: SendMessage.self)
                request.idempotencyKey = try call.idempotencyKey() ?? request.idempotencyKey
                try request.checkLimits()
                let message = try await messages.send(request, as: call.caller)
                return .json(
                    message.json, status: 201, headers: [("Location", "/api/v1/messages/\(message.id)")])
            },
            Route(
                method: "GET", template: "/api/v1/messages",
                about: .init("listMessages", "An inbox, what was sent, or a thread.", .agent),
                input: .query(MessageQuery.self), output: .json(Page<MessageRecord>.self)
            ) { call in
                let query = try call.query(as: MessageQuery.self)
                try query.checkLimits()
                return .json(try await messages.messages(query, as: call.caller).json)
            },
            Route(
                method: "POST", template: "/api/v1/messages/ask",
                about: .init("askAgent", "Ask an agent, and wait for the answer.", .agent),
                input: .body(AskAgent.self, headers: ["Idempotency-Key"]), output: .json(AskAnswer.self)
            ) { call in
                var request = try call.body(as: AskAgent.self)
                request.idempotencyKey = try call.idempotencyKey() ?? request.idempotencyKey
                try request.checkLimits()
                return .json(try await messages.ask(request, as: call.caller).json)
            },
            Route(
                method: "POST", template: "/api/v1/messages/read",
                about: .init("markMessages", "Say that messages were read.", .agent),
                input: .body(MarkMessages.self), output: .json(MarkAnswer.self)
            ) { call in
                let request = try call.body(as: MarkMessages.self)
                try request.checkLimits()
                return .json(try await messages.mark(request, as: call.caller).json)
            },
            Route(
                method: "POST", template: "/api/v1/messages/discoveries",
                about: .init("shareDiscovery", "Keep a finding as a memory, and tell whom it is for.", .agent),
                input: .body(ShareDiscovery.self, headers: ["Idempotency-Key"]),
                output: .json(DiscoveryAnswer.self, 201)
            ) { call in
                var request = try call.body(as: ShareDiscovery.self)
                request.idempotencyKey = try call.idempotencyKey() ?? request.idempotencyKey
                try request.checkLimits()
                return .json(try await messages.share(request, as: call.caller).json, status: 201)
            },
            Route(
                method: "GET", template: "/api/v1/messages/{id}",
                about: .init("getMessage", "One message that concerns the caller.", .agent), input: .nothing,
                output: .json(MessageRecord.self)
            ) { call in .json(try await messages.message(call.id, as: call.caller).json) },
        ]
    }
}
