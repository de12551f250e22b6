#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// One request to the node over a plain socket, with a deadline for all of it.
struct NodeExchange {
    private static let largestAnswer = 1 << 20

    let address: NodeAddress
    let path: String
    let agent: String
    let seconds: Int

    /// The body of an answer that went well; empty where the node has nothing to say.
    func post(_ body: [UInt8]) -> Result<[UInt8], Problem> {
        let deadline = Clock.milliseconds() + Int64(seconds) * 1000
        guard let socket = connected(until: deadline) else {
            return .failure(
                Problem("the node at \(address.host):\(address.port) cannot be reached; is hived running?"))
        }
        defer { close(socket) }
        guard Stream.write(request(body), to: socket, until: deadline),
            let answer = Stream.read(socket, atMost: Self.largestAnswer, until: deadline)
        else {
            return .failure(
                Problem("the node at \(address.host):\(address.port) did not answer within \(seconds) s; see its log"))
        }
        guard let reply = HTTPAnswer(answer) else {
            return .failure(Problem("the node's answer makes no sense", isNodeThere: true))
        }
        guard (200..<300).contains(reply.status) else {
            let detail = JSONMembers(reply.body).flatMap { members in
                members.text("detail").map { $0 + (members.text("hint").map { "; \($0)" } ?? "") }
            }
            return .failure(
                Problem("the node refused the event: \(detail ?? "status \(reply.status)")", isNodeThere: true))
        }
        // Having nothing to say is said by a status of its own: an empty answer of some other server is none.
        guard reply.status == 204 || !reply.body.isEmpty else {
            return .failure(Problem("the node's answer is empty", isNodeThere: true))
        }
        return .success(reply.body)
    }

    private func request(_ body: [UInt8]) -> [UInt8] {
        let host = address.host.contains(":") ? "[\(address.host)]" : address.host
        let name = agent.utf8.map { byte -> String in
            let isPlain =
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
            if isPlain { return String(Unicode.Scalar(byte)) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
        let head = """
            POST \(path) HTTP/1.1\r
            Host: \(host):\(address.port)\r
            Authorization: Bearer \(address.token)\r
            Hive-Agent: \(name)\r
            Content-Type: application/json\r
            Content-Length: \(body.count)\r
            Connection: close\r
            \r

            """
        return Array(head.utf8) + body
    }

    /// The first of the host's addresses that takes the connection; nil where none does in time.
    private func connected(until deadline: Int64) -> Int32? {
        var hints = addrinfo()
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        // An address in figures asks no name server.
        let isFigures = address.host.utf8.allSatisfy { $0 <= UInt8(ascii: ":") } || address.host.contains(":")
        hints.ai_flags = isFigures ? AI_NUMERICHOST | AI_NUMERICSERV : AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address.host, String(address.port), &hints, &found) == 0 else { return nil }
        defer { freeaddrinfo(found) }
        var candidate = found
        while let info = candidate?.pointee {
            if let socket = Stream.connect(info, until: deadline) { return socket }
            candidate = info.ai_next
        }
        return nil
    }
}
