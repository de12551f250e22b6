import AsyncHTTPClient
import NIOCore
import NIOSSL
import Synchronization

/// The connections of this process: one pool for nodes in the clear and for those with a certificate of an authority that
/// this machine trusts, and one for each file of certificates. They live as long as the process.
enum HTTPClients {
    private static let usual = client(TLSConfiguration.makeClientConfiguration())
    private static let others = Mutex<[String: HTTPClient]>([:])

    /// Throws `invalid_input` for a file that cannot be read. On this machine the file alone says who the node is, whatever
    /// names stand in its certificate.
    static func client(for url: String, trusting certificates: String?) throws -> HTTPClient {
        guard let certificates else { return usual }
        let isLocal = NodeLocation.isLoopback(url)
        return try others.withLock { others in
            let name = "\(isLocal) \(certificates)"
            if let known = others[name] { return known }
            var tls = TLSConfiguration.makeClientConfiguration()
            if isLocal { tls.certificateVerification = .noHostnameVerification }
            do {
                let trusted = try NIOSSLCertificate.fromPEMFile(certificates)
                tls.additionalTrustRoots = [.certificates(trusted)]
            } catch {
                throw HiveError(
                    .invalidInput, "the file `\(certificates)` holds no certificates in PEM",
                    hint: "copy the node's certificate there: `certificate` in its run.json says where it is")
            }
            let fresh = client(tls)
            others[name] = fresh
            return fresh
        }
    }

    /// A refused connection is not tried again: the caller hears of it at once, and a node never sends anybody elsewhere.
    private static func client(_ tls: TLSConfiguration) -> HTTPClient {
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout.connect = .seconds(5)
        configuration.httpVersion = .http1Only
        // A subscription holds its connection: the others must not wait for it.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
