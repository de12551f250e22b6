import AsyncHTTPClient
import HiveAPI
import HiveCore
import NIOCore
import NIOHTTP1
import NIOSSL

/// One request to a vault and its answer.
struct VaultRequest: Sendable {
    private static let largestAnswer = 1 << 20

    let address: VaultAddress
    /// Below `/v1/`.
    let path: String
    var body: JSONValue?

    /// An answer that was no failure of the vault itself: what to make of 400 and 404 the caller knows.
    struct Answer: Sendable {
        let status: Int
        let json: JSONValue
    }

    /// Throws a `KeyError` that says which of the usual things is wrong. Neither bodies nor tokens are ever repeated.
    func run() async throws -> Answer {
        let request = try makeRequest()
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: try configuration())
        let outcome: Result<(Int, [UInt8]), any Error>
        do {
            let response = try await client.execute(request, timeout: timeout)
            let buffer = try await response.body.collect(upTo: Self.largestAnswer)
            outcome = .success((Int(response.status.code), Array(buffer.readableBytesView)))
        } catch { outcome = .failure(error) }
        try await client.shutdown()
        switch outcome {
        case .failure(let error): throw explained(error)
        case .success(let (status, bytes)): return try answer(status, bytes)
        }
    }

    private var timeout: TimeAmount {
        let (seconds, attoseconds) = address.timeout.components
        return .seconds(seconds) + .nanoseconds(attoseconds / 1_000_000_000)
    }

    private func makeRequest() throws -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "\(address.url)/v1/\(path)")
        request.headers.add(name: "X-Vault-Token", value: try address.currentToken())
        request.headers.add(name: "X-Vault-Request", value: "true")
        if let namespace = address.namespace { request.headers.add(name: "X-Vault-Namespace", value: namespace) }
        if let body {
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body.bytes))
        }
        return request
    }

    private func configuration() throws -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout.connect = timeout
        if let file = address.authorities {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .file(file)
            configuration.tlsConfiguration = tls
        }
        return configuration
    }

    private func answer(_ status: Int, _ bytes: [UInt8]) throws -> Answer {
        switch status {
        case 200, 204, 400, 404:
            if bytes.isEmpty { return Answer(status: status, json: .null) }
            guard let json = try? JSONValue(parsing: bytes) else {
                throw KeyError(
                    .malformed, "what answers at \(address.url) is no vault", hint: "check `url` in hive.yaml")
            }
            return Answer(status: status, json: json)
        case 401, 403:
            throw KeyError(
                .forbidden, "the vault at \(address.url) does not let this token use `\(path)`",
                hint: "renew the token, or have its policy allow this path")
        case 307, 308:
            throw KeyError(
                .unreachable, "the vault at \(address.url) sends elsewhere", hint: "give the address of the active node"
            )
        case 503:
            throw KeyError(
                .sealed, "the vault at \(address.url) is sealed or in maintenance", hint: "unseal it, then try again")
        default:
            throw KeyError(
                .unreachable, "the vault at \(address.url) failed with status \(status)", hint: "see its log")
        }
    }

    private func explained(_ error: any Error) -> any Error {
        if error is KeyError || error is CancellationError { return error }
        if let error = error as? HTTPClientError, error == .deadlineExceeded || error == .connectTimeout {
            return KeyError(
                .unreachable, "the vault at \(address.url) did not answer within \(address.timeout)",
                hint: "check that it runs and that nothing stands between")
        }
        if error is NIOTooManyBytesError {
            return KeyError(.malformed, "what answers at \(address.url) is no vault", hint: "check `url` in hive.yaml")
        }
        return KeyError(
            .unreachable, "the vault at \(address.url) cannot be reached",
            hint: "check its address, that it runs, and for TLS that its certificate is trusted")
    }
}
