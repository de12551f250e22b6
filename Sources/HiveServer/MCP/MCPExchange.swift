package import HiveAPI
import Synchronization

/// What one request may do beside being answered: report progress, write log lines, and ask the client something.
package final class MCPExchange: Sendable {
    /// Takes a notification for the client. False where the client is so far behind that it lost something.
    package typealias Output = @Sendable (JSONValue) -> Bool

    static let logLevelKey = "io.modelcontextprotocol/logLevel"

    /// Nil where the road back carries one answer and nothing else.
    let output: Output?
    private let progressToken: JSONValue?
    private let logLevel: MCPLogLevel?
    private let capabilities: [String: JSONValue]
    /// What the client has answered so far, by the keys of the questions.
    private let answers: [String: JSONValue]
    private let progress = Mutex(-Double.infinity)

    /// - Parameter asks: whether the client's revision lets it be asked within a request.
    init(_ message: MCPMessage, answers: [String: JSONValue], asks: Bool, output: Output?) throws {
        self.output = output
        self.answers = answers
        capabilities = asks ? message.meta?[MCPMessage.capabilitiesKey]?.object ?? [:] : [:]
        switch message.meta?["progressToken"] {
        case nil: progressToken = nil
        case .string(let token)?: progressToken = .string(token)
        case .integer(let token)?: progressToken = .integer(token)
        default:
            throw MCPFailure(.invalidParameters, "`_meta.progressToken` must be a string or a whole number")
        }
        guard let level = message.meta?[Self.logLevelKey] else {
            logLevel = nil
            return
        }
        logLevel = try MCPLogLevel(level)
    }

    /// For a call whose arguments are all that it has.
    init() {
        (output, progressToken, logLevel, capabilities, answers) = (nil, nil, nil, [:], [:])
    }

    /// Whether the client asked for more than the answer.
    var wantsNotifications: Bool { progressToken != nil || logLevel != nil }

    /// Says how far the work is. A step that does not go forward is left out, as the protocol demands.
    package func report(_ step: Double, of total: Double? = nil, _ message: String? = nil) {
        guard let output, let progressToken else { return }
        let isForward = progress.withLock { last in
            guard step > last else { return false }
            last = step
            return true
        }
        guard isForward else { return }
        var parameters: [String: JSONValue] = ["progressToken": progressToken, "progress": .number(step)]
        parameters["total"] = total.map(JSONValue.number)
        parameters["message"] = message.map(JSONValue.string)
        _ = output(MCPMessage.notification("notifications/progress", parameters))
    }

    /// A log line, where the client asked for lines of its level.
    package func log(_ level: MCPLogLevel, _ data: JSONValue, logger: String = "hive") {
        guard let output, let logLevel, level >= logLevel else { return }
        let parameters: [String: JSONValue] = [
            "level": .string(level.name), "logger": .string(logger), "data": data,
        ]
        _ = output(MCPMessage.notification("notifications/message", parameters))
    }

    /// Whether the client can be asked this way.
    package func canAsk(_ kind: MCPQuestion.Kind) -> Bool { capabilities[kind.capability] != nil }

    /// What the client answered. Throws what makes the server ask where it has not yet, or an `MCPFailure` where it
    /// cannot be asked.
    package func ask(_ key: String, _ question: MCPQuestion) throws -> JSONValue {
        let given = try ask([key: question])
        return given[key] ?? .null
    }

    /// The same for several questions at once: those that are unanswered are asked together.
    package func ask(_ questions: [String: MCPQuestion]) throws -> [String: JSONValue] {
        for question in questions.values where !canAsk(question.kind) {
            throw MCPFailure.missingCapability(question.kind.capability)
        }
        let open = questions.filter { answers[$0.key]?.object == nil }
        guard open.isEmpty else { throw MCPInputRequired(questions: open, answers: answers) }
        return answers.filter { questions[$0.key] != nil }
    }
}
