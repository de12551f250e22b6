import Crypto
import Foundation
import HiveCore
import HiveSync
import NIOCore
import NIOSSL
import SwiftASN1
import X509

/// A node's key as TLS sees it: a self-signed certificate that says nothing but the key. Who a node is depends on the
/// key alone, so names and dates in certificates are neither meant nor checked.
struct PeerCertificate {
    static let applicationProtocol = "hive/1"

    let certificate: NIOSSLCertificate
    let privateKey: NIOSSLPrivateKey

    init(signer: Ed25519Signer) throws {
        let raw = try Curve25519.Signing.PrivateKey(rawRepresentation: signer.privateKeyBytes)
        let key = Certificate.PrivateKey(raw)
        let name = try DistinguishedName { CommonName(signer.publicKey.nodeID.short) }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
            notValidBefore: Date(timeIntervalSince1970: 0), notValidAfter: Date(timeIntervalSince1970: 253_370_764_800),
            issuer: name, subject: name, extensions: Certificate.Extensions(), issuerPrivateKey: key)
        self.certificate = try NIOSSLCertificate(
            bytes: Array(certificate.serializeAsPEM().pemString.utf8), format: .pem)
        privateKey = try NIOSSLPrivateKey(bytes: Array(key.serializeAsPEM().pemString.utf8), format: .pem)
    }

    /// The key that the other side shows: there must be exactly one certificate, of an Ed25519 key, signed by that key.
    static func key(in chain: [NIOSSLCertificate]) throws(TransportError) -> HiveCore.PublicKey {
        guard chain.count == 1, let single = chain.first else {
            throw TransportError(.handshakeFailed, "the other side shows \(chain.count) certificates instead of one")
        }
        do {
            let info = try single.extractPublicKey().toSPKIBytes()
            if info.count == ed25519Prefix.count + 32, info.starts(with: ed25519Prefix),
                let key = HiveCore.PublicKey(bytes: info.suffix(32))
            {
                let certificate = try Certificate(derEncoded: single.toDERBytes())
                if certificate.publicKey.isValidSignature(certificate.signature, for: certificate) { return key }
            }
        } catch {
            throw TransportError(.handshakeFailed, "the other side's certificate cannot be read: \(error)")
        }
        throw TransportError(.handshakeFailed, "the other side's certificate is not of an Ed25519 key and signed by it")
    }

    /// How the public key info of an Ed25519 key begins (RFC 8410).
    private static let ed25519Prefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0]

    /// TLS 1.3 and Ed25519 only, both sides with a certificate. BoringSSL takes Ed25519 only where it is named.
    func configuration(isServer: Bool) -> TLSConfiguration {
        var configuration =
            isServer
            ? TLSConfiguration.makeServerConfiguration(
                certificateChain: [.certificate(certificate)], privateKey: .privateKey(privateKey))
            : TLSConfiguration.makeClientConfiguration()
        if !isServer {
            configuration.certificateChain = [.certificate(certificate)]
            configuration.privateKey = .privateKey(privateKey)
        }
        configuration.minimumTLSVersion = .tlsv13
        configuration.certificateVerification = .noHostnameVerification
        configuration.signingSignatureAlgorithms = [.ed25519]
        configuration.verifySignatureAlgorithms = [.ed25519]
        configuration.applicationProtocols = [Self.applicationProtocol]
        configuration.shutdownTimeout = .seconds(2)
        return configuration
    }
}
