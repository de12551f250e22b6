import Crypto
import Foundation
import HiveCore
import HiveSync
import NIOCore
import NIOPosix
import NIOSSL
import SwiftASN1
import X509

/// A client that does what it likes on a socket: what a peer listener must be able to stand.
struct RawClient {
    let channel: any Channel
    private let heard: AsyncStream<[UInt8]>

    /// Connects, with TLS where there is a configuration for it.
    init(to address: PeerAddress, tls: TLSConfiguration? = nil) async throws {
        let (heard, hears) = AsyncStream<[UInt8]>.makeStream()
        let context = try tls.map { try NIOSSLContext(configuration: $0) }
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        channel = try await bootstrap.connect(host: address.host, port: address.port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(Knife())
                if let context {
                    let handler = try NIOSSLClientHandler(
                        context: context, serverHostname: nil,
                        customVerificationCallback: { $1.succeed(.certificateVerified) })
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
                try channel.pipeline.syncOperations.addHandler(Ear(hears: hears))
                return channel
            }
        }
        self.heard = heard
    }

    func send(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get() }

    /// All that comes until the other side closes.
    func everythingHeard() async -> [UInt8] {
        var bytes: [UInt8] = []
        for await part in heard { bytes += part }
        return bytes
    }

    /// Says goodbye as TLS demands, then closes.
    func close() async throws { try await channel.close().get() }

    /// Closes the socket below TLS, as a process that dies does.
    func cut() async throws { try await channel.pipeline.triggerUserOutboundEvent(Knife.Cut()).get() }

    private final class Knife: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer

        struct Cut {}

        func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
            guard event is Cut else { return context.triggerUserOutboundEvent(event, promise: promise) }
            context.close(promise: promise)
        }
    }

    private final class Ear: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let hears: AsyncStream<[UInt8]>.Continuation

        init(hears: AsyncStream<[UInt8]>.Continuation) { self.hears = hears }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            hears.yield(Array(unwrapInboundIn(data).readableBytesView))
        }

        func channelInactive(context: ChannelHandlerContext) { hears.finish() }

        /// Alerts and broken connections are what these tests provoke; the end of the channel is what they look at.
        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}

/// Ways to show up at a peer listener.
enum Credentials {
    /// As nodes do it.
    static func node(_ signer: Ed25519Signer = .generate()) throws -> TLSConfiguration {
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: signer.privateKeyBytes)
        return configuration(Certificate.PrivateKey(key))
    }

    static func p256() -> TLSConfiguration { configuration(Certificate.PrivateKey(P256.Signing.PrivateKey())) }

    /// An Ed25519 certificate that somebody else has signed.
    static func signedByAnother() -> TLSConfiguration {
        configuration(
            Certificate.PrivateKey(Curve25519.Signing.PrivateKey()),
            issuer: Certificate.PrivateKey(Curve25519.Signing.PrivateKey()))
    }

    /// A valid certificate with another behind it.
    static func chain() throws -> TLSConfiguration {
        var configuration = try node()
        configuration.certificateChain += try node().certificateChain
        return configuration
    }

    static func anonymous() -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .noHostnameVerification
        configuration.verifySignatureAlgorithms = [.ed25519]
        configuration.applicationProtocols = ["hive/1"]
        return configuration
    }

    private static func configuration(
        _ key: Certificate.PrivateKey, issuer: Certificate.PrivateKey? = nil
    ) -> TLSConfiguration {
        do {
            let name = try DistinguishedName { CommonName("test") }
            let certificate = try Certificate(
                version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
                notValidBefore: Date(timeIntervalSince1970: 0), notValidAfter: Date(timeIntervalSince1970: 1),
                issuer: name, subject: name, extensions: Certificate.Extensions(), issuerPrivateKey: issuer ?? key)
            var configuration = anonymous()
            let pem = Array(try certificate.serializeAsPEM().pemString.utf8)
            configuration.certificateChain = [.certificate(try NIOSSLCertificate(bytes: pem, format: .pem))]
            configuration.privateKey = .privateKey(
                try NIOSSLPrivateKey(bytes: Array(key.serializeAsPEM().pemString.utf8), format: .pem))
            configuration.signingSignatureAlgorithms = [.ed25519, .ecdsaSecp256R1Sha256]
            return configuration
        } catch {
            preconditionFailure("a test certificate could not be made: \(error)")
        }
    }
}
