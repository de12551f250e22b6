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
    let agent: String?
    let seconds: Int

    /// The body of an answer that went well; empty where the node has nothing to say.
    func post(_ body: [UInt8]) -> Result<[UInt8], Problem> {
        let deadline = Clock.milliseconds() + Int64(seconds) * 1000
        guard let (socket, way) = connected(until: deadline) else {
            let places = address.ways.map(\.description).joined(separator: " or ")
            return .failure(Problem("the node at \(places) cannot be reached; is hived running?"))
        }
        defer { close(socket) }
        guard Stream.write(request(body, by: way), to: socket, until: deadline),
            let answer = Stream.read(socket, atMost: Self.largestAnswer, until: deadline)
        else {
            // Somebody took the connection: a node that is asked too much, or stands still, is there.
            return .failure(
                Problem("the node at \(way) did not answer within \(seconds) s; see its log", isNodeThere: true))
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

    private func request(_ body: [UInt8], by way: NodeAddress.Way) -> [UInt8] {
        // Only a name that somebody gave: a token may belong to another one.
        let name = agent.map { "Hive-Agent: \(Self.encoded($0))\r\n" } ?? ""
        let head = """
            POST \(path) HTTP/1.1\r
            Host: \(way.authority)\r
            Authorization: Bearer \(address.token)\r
            \(name)Content-Type: application/json\r
            Content-Length: \(body.count)\r
            Connection: close\r
            \r

            """
        return Array(head.utf8) + body
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte -> String in
            let isPlain =
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
            if isPlain { return String(Unicode.Scalar(byte)) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    /// The first way that is open, with its connection; nil where none is in time.
    private func connected(until deadline: Int64) -> (Int32, NodeAddress.Way)? {
        for way in address.ways {
            switch way {
            case .socket(let path):
                if let socket = Stream.connect(toFile: path, until: deadline) { return (socket, way) }
            case .network(let host, let port):
                if let socket = Self.connected(host, port, until: deadline) { return (socket, way) }
            }
        }
        return nil
    }

    /// The first of the host's addresses that takes the connection; nil where none does in time.
    private static func connected(_ host: String, _ port: UInt16, until deadline: Int64) -> Int32? {
        var hints = addrinfo()
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        // An address in figures asks no name server.
        let isFigures = host.utf8.allSatisfy { $0 <= UInt8(ascii: ":") } || host.contains(":")
        hints.ai_flags = isFigures ? AI_NUMERICHOST | AI_NUMERICSERV : AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0 else { return nil }
        defer { freeaddrinfo(found) }
        var candidate = found
        while let info = candidate?.pointee {
            if let socket = Stream.connect(info, until: deadline) { return socket }
            candidate = info.ai_next
        }
        return nil
    }
}
