import HiveAPI

/// What a request must pass before anything looks at what it asks for: the right host, no foreign page behind it, not too
/// many before it, and a token.
struct RequestGate: Sendable {
    /// Host names that may stand in `Host` and `Origin`, any port: without this a page in somebody's browser could
    /// point its own name at this machine.
    let hosts: Set<String>
    let authority: TokenAuthority
    /// Nil where nobody counts.
    let limiter: RateLimiter?
    let recorder: (any AccessRecorder)?
    /// Nil where nobody signs in by a link.
    let sessions: DashboardSessions?

    init(
        hosts: [String], authority: TokenAuthority, limiter: RateLimiter? = nil,
        recorder: (any AccessRecorder)? = nil, sessions: DashboardSessions? = nil
    ) {
        self.hosts = Set(["localhost", "127.0.0.1", "[::1]"] + hosts.map { $0.lowercased() })
        self.authority = authority
        self.limiter = limiter
        self.recorder = recorder
        self.sessions = sessions
    }

    /// Throws `forbidden` for a foreign `Host` or `Origin`, `invalid_input` where there is not one host.
    func checkSource(_ call: HTTPCall) throws {
        let named = call.headers.filter { $0.name.lowercased() == "host" }
        guard let host = named.first?.value, Set(named.map(\.value)).count == 1 else {
            throw HiveError(
                .invalidInput, "the request names \(named.isEmpty ? "no host" : "several hosts")",
                hint: "send one header `Host`, such as localhost")
        }
        guard isKnown(host[...]) else {
            throw HiveError(
                .forbidden, "this node does not answer to the host `\(host)`",
                hint: "call it localhost or 127.0.0.1, or name it under `hosts` in hive.yaml")
        }
        guard let origin = call.header("origin") else { return }
        guard let scheme = origin.firstRange(of: "://"), isKnown(origin[scheme.upperBound...]) else {
            throw HiveError(.forbidden, "pages of `\(origin)` may not speak to this node")
        }
    }

    private func isKnown(_ authority: Substring) -> Bool {
        let name = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        let rest = authority.dropFirst(name.count)
        let isPort = rest.hasPrefix(":") && rest.dropFirst().utf8.allSatisfy(Self.isDigit)
        return (rest.isEmpty || isPort) && hosts.contains(name.lowercased())
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    // MARK: Before the body is read

    /// Lets a request in, or throws `rate_limited`, `unauthenticated` for a token that does not count, and what
    /// `checkSource` throws. Gives the credential that was shown; nil where none was.
    func admit(_ call: HTTPCall) throws -> Credential? {
        do { try checkSource(call) } catch {
            let error = HiveError.wrapping(error)
            note(AccessEvent.door, error, call)
            throw error
        }
        if let address = call.address, !address.isLoopback, let seconds = limiter?.request(from: address) {
            throw tooMany(call, "too many requests come from \(address.text)", seconds)
        }
        guard let token = call.bearerToken else { return nil }
        let credential = try credential(token, call)
        // On its own machine the operator decides how much is too much.
        let isFree = credential.role == .operator && call.address?.isLoopback != false
        if !isFree, let seconds = limiter?.request(token: credential.id) {
            throw tooMany(call, "too many requests come with the token `\(credential.name)`", seconds)
        }
        return credential
    }

    private func tooMany(_ call: HTTPCall, _ message: String, _ seconds: Int) -> HiveError {
        let error = HiveError(
            .rateLimited, message, hint: "come again in \(seconds) s; `limits` in hive.yaml says how much is too much",
            retryAfter: seconds)
        note(AccessEvent.door, error, call)
        return error
    }

    /// Who shows a secret. One who shows too many wrong ones hears `rate_limited`; one who shows the right one is let in
    /// all the same, since others may come from the same address, and nobody can guess a token.
    private func credential(_ secret: String, _ call: HTTPCall) throws -> Credential {
        do {
            let token = sessions?.credential(behind: secret) ?? secret
            if let credential = try authority.credential(for: token) { return credential }
            throw HiveError(
                .unauthenticated, "the token is not known here", hint: "each node has its own tokens")
        } catch { throw failure(HiveError.wrapping(error), call) }
    }

    private func failure(_ error: HiveError, _ call: HTTPCall) -> HiveError {
        note(AccessEvent.authentication, error, call)
        guard let address = call.address, let seconds = limiter?.failure(from: address) else { return error }
        return HiveError(
            .rateLimited, "too many wrong tokens come from \(address.text); now \(error.message)",
            hint: "come again in \(seconds) s, with the right token", retryAfter: seconds)
    }

    // MARK: Who may what

    /// Who asks. Throws `unauthenticated` without a known token and `forbidden` where the token allows too little.
    func caller(
        _ call: HTTPCall, needing access: Caller.Role, for operation: String? = nil
    ) throws -> Caller {
        guard let token = call.bearerToken else {
            let error = HiveError(
                .unauthenticated, "this needs a token",
                hint: "send `Authorization: Bearer` with the content of \(access.rawValue).token in the data directory")
            throw failure(error, call)
        }
        return try caller(token: token, agent: try call.agentName(), needing: access, call, for: operation)
    }

    func caller(
        token: String, agent: String?, needing access: Caller.Role, _ call: HTTPCall, for operation: String? = nil
    ) throws -> Caller {
        let credential = try credential(token, call)
        do {
            let caller = try credential.caller(agent: agent)
            guard caller.may(access) else {
                throw HiveError(
                    .forbidden, "this needs the operator's token, the one given is an agent's",
                    hint: "agents may not push law, admit nodes or erase; ask the operator")
            }
            RequestRecord.current?.note(caller)
            return caller
        } catch {
            let error = HiveError.wrapping(error)
            note(operation ?? AccessEvent.door, error, call, credential)
            throw error
        }
    }

    /// A request that was let in, as all that is called on its behalf knows it. Without a credential it reaches nothing.
    func access(_ call: HTTPCall, _ credential: Credential?) -> Access {
        let claimed: String?
        do { claimed = try call.agentName() } catch { claimed = nil }
        return Access(
            credential: credential?.id, name: credential?.name, agent: credential?.permit.agent ?? claimed,
            address: call.address?.text, permit: credential?.permit ?? .nothing)
    }

    func access(_ call: HTTPCall, _ caller: Caller) -> Access {
        Access(
            credential: caller.credential, agent: caller.agent, address: call.address?.text, permit: caller.permit)
    }

    // MARK: The journal

    private func note(_ action: String, _ error: HiveError, _ call: HTTPCall, _ credential: Credential? = nil) {
        guard let recorder else { return }
        let access = Access(credential: credential?.id, name: credential?.name, address: call.address?.text)
        // Only the beginning of the path: what stands behind it may be anything.
        let subject = "\(call.method.prefix(16)) \(call.path.prefix(100))"
        recorder.record(AccessEvent(action, .refused, subject: subject, code: error.code.name), by: access)
    }

    /// Takes down what became of a privileged act. What was not allowed was taken down already.
    func note(_ operation: String, _ call: HTTPCall, status: Int, by access: Access) {
        guard status != 401, status != 403 else { return }
        let isDone = status < 400
        recorder?.record(
            AccessEvent(
                operation, isDone ? .done : .failed, subject: String(call.path.prefix(100)),
                code: isDone ? nil : String(status)),
            by: access)
    }
}
