import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// One call over HTTP and its answer: the only place that touches the network.
struct HTTPPost: Sendable {
    /// Lives as long as the process. Nobody is followed elsewhere: a key is for one server.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout.connect = .seconds(5)
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// Why there is no answer.
    enum Failure: Error, Hashable {
        case timedOut
        case tooLarge
        /// What the client says of the connection.
        case broken(String)
    }

    struct Answer: Sendable {
        let status: Int
        let contentType: String
        /// Milliseconds that the server asks to be left alone.
        let retryAfter: Int64?
        let body: [UInt8]
    }

    let url: String
    let key: APIKey?
    let body: [UInt8]
    /// For the whole answer: one that drips is not waited for longer than one that does not come.
    let timeout: Duration
    let largestAnswer: Int

    /// Throws a `Failure`, or `CancellationError`.
    func run() async throws -> Answer {
        try await withThrowingTaskGroup(of: Answer?.self) { group in
            group.addTask { try await exchange() }
            group.addTask { [timeout] in
                try await Task.sleep(for: timeout)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let answer = first else { throw Failure.timedOut }
            return answer
        }
    }

    private func exchange() async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.headers.add(name: "accept", value: "application/json")
        if let key { request.headers.add(name: "authorization", value: "Bearer \(key.text)") }
        request.body = .bytes(ByteBuffer(bytes: body))
        do {
            let response = try await Self.client.execute(request, timeout: .hours(1))
            let buffer = try await response.body.collect(upTo: largestAnswer)
            return Answer(
                status: Int(response.status.code), contentType: response.headers.first(name: "content-type") ?? "",
                retryAfter: response.headers.first(name: "retry-after").flatMap { Int64($0) }
                    .map { min(max(0, $0), 86_400) * 1000 },
                body: Array(buffer.readableBytesView))
        } catch is NIOTooManyBytesError {
            throw Failure.tooLarge
        } catch {
            if Task.isCancelled { throw CancellationError() }
            throw Failure.broken((error as? HTTPClientError)?.shortDescription ?? "\(error)")
        }
    }
}
