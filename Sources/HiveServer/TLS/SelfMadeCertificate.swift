import Crypto
import Foundation
public import HiveCore
import SwiftASN1
import X509

/// A certificate that a node makes for itself, for those who know it by the file or by its fingerprint: an ECDSA key on
/// P-256, since browsers take no Ed25519.
public struct SelfMadeCertificate: Sendable {
    public let certificatePEM: String
    public let keyPEM: String

    /// In seconds.
    public static let lifetime: Int64 = 397 * 86_400
    /// How long before its end another one is made, in seconds.
    public static let renewal: Int64 = 30 * 86_400

    /// - Parameters:
    ///   - hosts: names and addresses that it stands for, besides those of this machine.
    ///   - name: what the node calls itself.
    public init(hosts: [String], name: String, now: Timestamp) throws {
        let key = P256.Signing.PrivateKey()
        let signing = Certificate.PrivateKey(key)
        let subject = try DistinguishedName { CommonName("hive \(name)") }
        let begin = Double(now.milliseconds) / 1000
        let names = Self.names(hosts)
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: signing.publicKey,
            // Clocks differ: it counts since an hour.
            notValidBefore: Date(timeIntervalSince1970: begin - 3600),
            notValidAfter: Date(timeIntervalSince1970: begin + Double(Self.lifetime)), issuer: subject,
            subject: subject, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                // Whoever trusts it trusts this node and nothing that its key might sign.
                Critical(BasicConstraints.notCertificateAuthority)
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(names)
            }, issuerPrivateKey: signing)
        certificatePEM = try certificate.serializeAsPEM().pemString + "\n"
        keyPEM = key.pemRepresentation + "\n"
    }

    private static func names(_ hosts: [String]) -> [GeneralName] {
        var seen: Set<String> = []
        let bare = (["localhost", "127.0.0.1", "::1"] + hosts).map { host in
            host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host.lowercased()
        }
        return bare.filter { !$0.isEmpty && seen.insert($0).inserted }.map { host in
            RemoteAddress.bytes(of: host).map { .ipAddress(ASN1OctetString(contentBytes: $0[...])) } ?? .dnsName(host)
        }
    }
}
