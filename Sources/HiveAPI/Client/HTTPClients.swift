import AsyncHTTPClient
import NIOCore
package import NIOSSL
import Synchronization

/// The connections of this process: one pool for nodes in the clear and for those with a certificate of an authority that
/// this machine trusts, and one for each file of certificates. They live as long as the process.
package enum HTTPClients {
    private static let usual = client(TLSConfiguration.makeClientConfiguration())
    private static let others = Mutex<[String: HTTPClient]>([:])

    /// Throws `invalid_input` for a file that cannot be read.
    static func client(for url: String, trusting certificates: String?) throws -> HTTPClient {
        guard let certificates else { return usual }
        let isLocal = NodeLocation.isLoopback(url)
        return try others.withLock { others in
            let name = "\(isLocal) \(certificates)"
            if let known = others[name] { return known }
            let fresh = client(try configuration(trusting: certificates, isLocal: isLocal))
            others[name] = fresh
            return fresh
        }
    }

    /// On this machine the file says who the node is, whatever names stand in its certificate; where that was made by the
    /// node itself nobody else is believed, no authority either.
    package static func configuration(trusting certificates: String, isLocal: Bool) throws -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        do {
            let trusted = try NIOSSLCertificate.fromPEMFile(certificates)
            if isLocal { tls.certificateVerification = .noHostnameVerification }
            if isLocal, try trusted.allSatisfy({ try CertificateNames($0.toDERBytes())?.areEqual == true }) {
                tls.trustRoots = .certificates(trusted)
            } else {
                tls.additionalTrustRoots = [.certificates(trusted)]
            }
        } catch {
            throw HiveError(
                .invalidInput, "the file `\(certificates)` holds no certificates in PEM",
                hint: "copy the node's certificate there: `certificate` in its run.json says where it is")
        }
        return tls
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
