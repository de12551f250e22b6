public import HiveAPI

/// The Model Context Protocol as a function from messages to answers: the stateless revision and the legacy ones on the
/// same endpoint. Opens no socket. Between messages it keeps a key for sealed questions and the number of open
/// subscriptions, and nothing else: what a legacy client must not say twice is kept by `MCPBridge`.
public struct MCPServer: Sendable {
    let features: MCPFeatures
    let requestState = MCPRequestState()
    /// Those that are open; each holds a connection.
    let subscriptions = Ledger(limit: 1024, limitForEach: 512)

    /// - Parameter version: the version of the software, for clients that show it.
    public init(services: NodeServices, toolSets: [ToolSet] = [.core], version: String = "0.1.0") {
        self.init(
            MCPFeatures(
                name: "hive", title: "Hive", version: version, instructions: MCPInstructions.text,
                tools: ToolSet.allCases.filter(toolSets.contains).flatMap { $0.tools(services) },
                prompts: MCPPrompt.commands(services), resources: HiveResources(services: services),
                events: services.events, law: services.rules, presence: services.agents))
    }

    package init(_ features: MCPFeatures) { self.features = features }

    var tools: [MCPTool] { features.tools }
    var pager: MCPPager { MCPPager(size: features.pageSize) }

    /// Always answers, except notifications.
    public func answer(_ json: JSONValue, in context: MCPContext) async -> MCPReply {
        if let messages = json.array, context.allowsBatches { return await answer(batch: messages, in: context) }
        do {
            guard let opening = try open(json, in: context) else { return .accepted }
            return await answer(opening)
        } catch {
            return .failure(Self.id(json), Self.failure(error))
        }
    }

    /// Several messages of the one revision that has batches. Throws nothing: each has its own answer.
    private func answer(batch: [JSONValue], in context: MCPContext) async -> MCPReply {
        guard (1...Self.largestBatch).contains(batch.count) else {
            let what = batch.isEmpty ? "a batch must not be empty" : "a batch has at most \(Self.largestBatch) messages"
            return .failure(nil, MCPFailure(.invalidRequest, what, httpStatus: 400))
        }
        var answers: [JSONValue] = []
        for message in batch {
            let isOpening = message["method"] == "initialize"
            let failure = MCPFailure(.invalidRequest, "`initialize` must not be part of a batch")
            let reply =
                isOpening
                ? MCPReply.failure(Self.id(message), failure) : await answer(single: message, in: context)
            if let answer = reply.message { answers.append(answer) }
        }
        return answers.isEmpty ? .accepted : MCPReply(message: .array(answers), httpStatus: 200)
    }

    private func answer(single message: JSONValue, in context: MCPContext) async -> MCPReply {
        guard message.array == nil else {
            return .failure(nil, MCPFailure(.invalidRequest, "a batch must not hold a batch"))
        }
        return await answer(message, in: context)
    }

    static let largestBatch = 64

    // MARK: One request

    /// A request that has passed the rules of its era.
    struct Opening: Sendable {
        let message: MCPMessage
        let id: JSONValue
        let context: MCPContext
        let isModern: Bool

        var caller: Caller { context.caller.named(message.clientName) }
    }

    /// Nil for a notification, and for an answer that nobody waits for. Throws an `MCPFailure`.
    func open(_ json: JSONValue, in context: MCPContext) throws -> Opening? {
        guard let message = try MCPMessage(json) else { return nil }
        let isModern = try Self.isModern(message, context)
        if isModern { try Self.checkModern(message, context) }
        guard let id = message.id else { return nil }
        guard Self.methods(isModern: isModern).contains(message.method) else {
            throw MCPFailure(
                .methodNotFound, "there is no method `\(message.method)`", httpStatus: isModern ? 404 : 200)
        }
        return Opening(message: message, id: id, context: context, isModern: isModern)
    }

    /// Whether there will be more to send than the answer.
    func streams(_ opening: Opening) -> Bool {
        let meta = opening.message.meta
        if meta?["progressToken"] != nil || meta?[MCPExchange.logLevelKey] != nil { return true }
        switch opening.message.method {
        case "subscriptions/listen": return true
        case "tools/call":
            return tools.contains { $0.isSlow && opening.message.parameters["name"]?.string == $0.name }
        default: return false
        }
    }

    /// Always answers.
    func answer(_ opening: Opening, output: MCPExchange.Output? = nil) async -> MCPReply {
        do {
            let message = opening.message
            let caller = opening.caller
            let answers = try requestState.answers(message, caller, now: opening.context.now)
            let call = MCPCall(
                message: message, id: opening.id, caller: caller, now: opening.context.now,
                isModern: opening.isModern,
                exchange: try MCPExchange(message, answers: answers, asks: opening.isModern, output: output))
            var result: [String: JSONValue]
            do { result = try await self.result(call) } catch let input as MCPInputRequired {
                result = try requestState.result(input, call)
            }
            if opening.isModern { complete(&result, call) }
            return .result(opening.id, .object(result))
        } catch {
            return .failure(opening.id, Self.failure(error, isModern: opening.isModern))
        }
    }

    private static func id(_ json: JSONValue) -> JSONValue? {
        json["id"].flatMap { $0.string != nil || $0.integer != nil ? $0 : nil }
    }

    private static func failure(_ error: any Error, isModern: Bool = false) -> MCPFailure {
        guard let failure = error as? MCPFailure else {
            let error = HiveError.wrapping(error)
            return MCPFailure(.internalError, error.message, data: ["code": .string(error.code.name)])
        }
        guard isModern, failure.code == .resourceNotFound else { return failure }
        return MCPFailure(.invalidParameters, failure.message, data: failure.data, httpStatus: failure.httpStatus)
    }

    private func result(_ call: MCPCall) async throws -> [String: JSONValue] {
        switch call.message.method {
        case "server/discover": discovery
        case "initialize": initialization(call)
        case "ping": [:]
        case "tools/list": try pager.page(tools.map(\.json), as: "tools", call)
        case "tools/call": try await callTool(call)
        case "resources/list": try pager.page(features.resources.list, as: "resources", call)
        case "resources/templates/list":
            try pager.page(features.resources.templates, as: "resourceTemplates", call)
        case "resources/read": try await readResource(call)
        case "prompts/list": try pager.page(features.prompts.map(\.json), as: "prompts", call)
        case "prompts/get": try await getPrompt(call)
        case "completion/complete": try await completeArgument(call)
        case "subscriptions/listen": try await listen(call)
        default: throw MCPFailure(.methodNotFound, "there is no method `\(call.message.method)`")
        }
    }
}
