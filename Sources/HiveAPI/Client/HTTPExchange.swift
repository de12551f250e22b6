import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOSSL

/// One request over HTTP and its answer: the only place that touches the network.
struct HTTPExchange: Sendable {
    /// The largest answer that is read.
    static let largestAnswer = 64 << 20

    struct Answer: Sendable {
        let status: Int
        let contentType: String
        let body: [UInt8]
    }

    let method: String
    let url: String
    let headers: [(name: String, value: String)]
    let body: [UInt8]?
    let timeoutSeconds: Int
    /// A file with the certificates that the node is known by.
    var certificates: String?

    private var request: HTTPClientRequest {
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        for header in headers { request.headers.add(name: header.name, value: header.value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        return request
    }

    /// An answer whose body comes piece by piece, for as long as it takes.
    struct Streaming: Sendable {
        let headers: [(name: String, value: String)]
        let body: StreamedBody

        func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name }?.value }
    }

    /// An answer of any status, whose body comes piece by piece.
    struct Opened: Sendable {
        let status: Int
        let contentType: String
        let body: StreamedBody

        func whole() async throws -> Answer {
            var bytes: [UInt8] = []
            for try await piece in body {
                bytes += piece
                guard bytes.count <= HTTPExchange.largestAnswer else {
                    throw HiveError(.tooLarge, "the node's answer is larger than \(HTTPExchange.largestAnswer) bytes")
                }
            }
            return Answer(status: status, contentType: contentType, body: bytes)
        }
    }

    /// Takes as long as it takes. Throws `unreachable`.
    func open() async throws -> Opened {
        do {
            let response = try await HTTPClients.client(for: url, trusting: certificates).execute(
                request, deadline: .distantFuture)
            return Opened(
                status: Int(response.status.code), contentType: response.headers.first(name: "content-type") ?? "",
                body: StreamedBody(body: response.body, url: url))
        } catch { throw explained(error) }
    }

    /// Throws `unreachable`, or what an answer that is no success says.
    func stream() async throws -> Streaming {
        do {
            let response = try await HTTPClients.client(for: url, trusting: certificates).execute(
                request, deadline: .distantFuture)
            guard (200..<300).contains(Int(response.status.code)) else {
                let buffer = try await response.body.collect(upTo: Self.largestAnswer)
                throw HiveClient.error(
                    Answer(
                        status: Int(response.status.code),
                        contentType: response.headers.first(name: "content-type") ?? "",
                        body: Array(buffer.readableBytesView)))
            }
            let body = StreamedBody(body: response.body, url: url)
            return Streaming(headers: response.headers.map { (name: $0.name, value: $0.value) }, body: body)
        } catch let error as HiveError {
            throw error
        } catch {
            throw explained(error)
        }
    }

    /// Throws `unreachable` or `timed_out`.
    func run() async throws -> Answer {
        do {
            let response = try await HTTPClients.client(for: url, trusting: certificates).execute(
                request, timeout: .seconds(Int64(timeoutSeconds)))
            let buffer = try await response.body.collect(upTo: Self.largestAnswer)
            return Answer(
                status: Int(response.status.code), contentType: response.headers.first(name: "content-type") ?? "",
                body: Array(buffer.readableBytesView))
        } catch {
            throw explained(error)
        }
    }

    private func explained(_ error: any Error) -> any Error {
        if error is CancellationError || error is HiveError { return error }
        if error is NIOSSLError || error is BoringSSLError || error is NIOSSLExtraError {
            return HiveError(
                .unreachable, "the certificate of the node at \(url) is not trusted: \(error)",
                hint: "name a file with that certificate in HIVE_CA")
        }
        if error is NIOTooManyBytesError {
            return HiveError(.tooLarge, "the node's answer is larger than \(Self.largestAnswer) bytes")
        }
        if let error = error as? HTTPClientError {
            if error == .deadlineExceeded || error == .readTimeout {
                return HiveError(
                    .timedOut, "the node at \(url) did not answer within \(timeoutSeconds) s",
                    hint: "see its log; what was asked for may still happen")
            }
            if error == .invalidURL || error == .emptyHost || error == .emptyScheme {
                return HiveError(
                    .invalidInput, "`\(url)` is no address of a node", hint: "for example http://127.0.0.1:8899")
            }
        }
        return HiveError(
            .unreachable, "the node at \(url) cannot be reached",
            hint: "is it running? HIVE_DATA and HIVE_URL say where it is looked for")
    }
}
