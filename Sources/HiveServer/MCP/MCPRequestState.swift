import HiveAPI
import HiveCore
import Synchronization

/// What must outlive a round of questions, handed to the client and taken back from it: sealed, bound to who asked for
/// what, short-lived, and good for one request, answered or not, so that nothing can be made up there and no approval counts
/// twice, nor in two rounds that follow the same one. All that is kept here is which ones came back.
final class MCPRequestState: Sendable {
    /// How long a person may take to answer.
    static let lifetimeSeconds: Int64 = 600
    private static let place = Array("hive/1/mcp-request-state".utf8)

    /// So many that came back are remembered.
    private static let mostSpent = 65_536

    private let key: SealingKey
    /// Those that came back, by their hashes, with their ends in milliseconds.
    private let spent = Mutex<[Digest: Int64]>([:])

    /// With a key of this process: a restart forgets what was asked, and the client asks anew.
    init() {
        var random = SystemRandomNumberGenerator()
        key = SealingKey(using: &random)
    }

    /// The result that carries questions to the client.
    func result(_ input: MCPInputRequired, _ call: MCPCall) throws -> [String: JSONValue] {
        let state: JSONValue = [
            "who": .string(Self.principal(call.caller)), "what": .string(Self.digest(call.message)),
            "until": .integer(call.now.advanced(bySeconds: Self.lifetimeSeconds).milliseconds),
            "asked": .array(input.questions.keys.sorted().map(JSONValue.string)), "answers": .object(input.answers),
        ]
        var random = SystemRandomNumberGenerator()
        let sealed = try key.seal(state.bytes, at: Self.place, using: &random)
        return [
            "resultType": "input_required", "inputRequests": .object(input.questions.mapValues(\.json)),
            "requestState": .string(Base64.encode(sealed)),
        ]
    }

    /// All that the client has answered: of earlier rounds, and now of what it was asked in the last one. What it was not
    /// asked is passed over. Throws an `MCPFailure` for a state that is not from here, of another request, too old, or
    /// sent before.
    func answers(_ message: MCPMessage, _ caller: Caller, now: Timestamp) throws -> [String: JSONValue] {
        guard let given = message.parameters["requestState"], given != .null else { return [:] }
        guard let text = given.string, let sealed = Base64.decode(text),
            let bytes = key.open(sealed[...], at: Self.place)
        else { throw Self.refusal("was not made by this node, or was changed") }
        let state = try JSONValue(parsing: bytes)
        guard state["who"]?.string == Self.principal(caller), state["what"]?.string == Self.digest(message) else {
            throw Self.refusal("belongs to another request")
        }
        guard let until = state["until"]?.integer, now.milliseconds <= until else { throw Self.refusal("has expired") }
        var answers = state["answers"]?.object ?? [:]
        let new = message.parameters["inputResponses"]?.object ?? [:]
        let answered = (state["asked"]?.array ?? []).compactMap(\.string).filter { new[$0] != nil }
        try spend(Digest.sha256(domain: "hive/1/mcp-answered", sealed), until: until, now: now)
        for key in answered { answers[key] = new[key] }
        return answers
    }

    private func spend(_ state: Digest, until: Int64, now: Timestamp) throws {
        try spent.withLock { spent in
            guard spent[state] == nil else { throw Self.refusal("was sent before") }
            if spent.count >= Self.mostSpent { spent = spent.filter { $0.value >= now.milliseconds } }
            guard spent.count < Self.mostSpent else {
                throw MCPFailure(.internalError, "too many questions came back lately: try again later")
            }
            spent[state] = until
        }
    }

    private static func refusal(_ what: String) -> MCPFailure {
        MCPFailure(.invalidParameters, "the `requestState` \(what): send the request again without it")
    }

    private static func principal(_ caller: Caller) -> String { caller.owner }

    /// What the request asks for, without what may differ from round to round.
    private static func digest(_ message: MCPMessage) -> String {
        var parameters = message.parameters
        for name in ["_meta", "requestState", "inputResponses"] { parameters[name] = nil }
        let text = JSONValue.object(["method": .string(message.method), "params": .object(parameters)])
        return Digest.sha256(domain: "hive/1/mcp-request", text.bytes).hex
    }
}
