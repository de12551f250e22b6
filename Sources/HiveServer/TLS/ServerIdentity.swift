import Foundation
public import HiveAPI
public import HiveCore
import NIOSSL
import SwiftASN1
import Synchronization
import X509

/// What a server shows to those who connect by TLS: a certificate and its key, from two files that are read again on
/// demand. New connections see what was read last.
public final class ServerIdentity: Sendable {
    private struct State {
        var context: NIOSSLContext
        var fingerprint: String
        var expires: Timestamp
    }

    /// Of the file with the certificate, followed by those that lead to its authority, in PEM.
    public let certificate: String
    /// Of the file with its private key, in PEM.
    public let key: String
    private let state: Mutex<State>

    /// Throws `invalid_input` for files that cannot be read or do not belong together.
    public init(certificate: String, key: String) throws(HiveError) {
        self.certificate = certificate
        self.key = key
        state = Mutex(try Self.read(certificate, key))
    }

    /// Reads the files again. What is wrong with them leaves everything as it was.
    public func reload() throws(HiveError) {
        let fresh = try Self.read(certificate, key)
        state.withLock { $0 = fresh }
    }

    var context: NIOSSLContext { state.withLock { $0.context } }

    /// SHA-256 over the certificate, in hexadecimal digits.
    public var fingerprint: String { state.withLock { $0.fingerprint } }

    /// When the certificate counts no longer.
    public var expires: Timestamp { state.withLock { $0.expires } }

    private static func read(_ certificate: String, _ key: String) throws(HiveError) -> State {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate)
            guard let first = chain.first else { throw wrong(certificate, "holds no certificate") }
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            let bytes = try first.toDERBytes()
            let end = try Certificate(derEncoded: bytes).notValidAfter.timeIntervalSince1970
            return State(
                context: try NIOSSLContext(configuration: configuration), fingerprint: Digest.sha256(bytes).hex,
                expires: Timestamp(milliseconds: Int64(end * 1000)))
        } catch let error as HiveError { throw error } catch {
            throw wrong(certificate, "and the key `\(key)` cannot be used: \(error)")
        }
    }

    private static func wrong(_ path: String, _ what: String) -> HiveError {
        HiveError(
            .invalidInput, "the file `\(path)` \(what)",
            hint: "name two files in PEM under `tls` in hive.yaml, or write `tls: auto`")
    }
}
