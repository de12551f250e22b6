import HiveServer
import NIOCore
import NIOPosix
import NIOSSL

/// Says bytes to a server and hears bytes: for requests that no HTTP client would send.
enum RawClient {
    typealias Bytes = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// What was heard until the other side had nothing more to say.
    struct Answer: Sendable {
        let text: String

        /// Of the first answer; nil where there was none.
        var status: Int? {
            guard text.hasPrefix("HTTP/1.") else { return nil }
            return Int(text.dropFirst(9).prefix(3))
        }

        /// The lines of the first head.
        var head: String { String(text.prefix(upTo: text.firstRange(of: "\r\n\r\n")?.lowerBound ?? text.endIndex)) }
        var body: String { text.firstRange(of: "\r\n\r\n").map { String(text[$0.upperBound...]) } ?? "" }

        func header(_ name: String) -> String? {
            head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
                .map { String($0.dropFirst(name.count + 1)).trimmed }
        }
    }

    /// Sends the pieces, one after the other, and reads to the end.
    static func say(_ pieces: String..., to address: ListenAddress) async throws -> Answer {
        try await say(pieces, to: address)
    }

    static func say(_ pieces: [String], to address: ListenAddress) async throws -> Answer {
        let channel = try await connect(address)
        return try await channel.executeThenClose { input, output in
            for piece in pieces {
                // A server that has heard enough may close.
                do { try await output.write(ByteBuffer(string: piece)) } catch { break }
            }
            return try await hear(input)
        }
    }

    static func hear(_ input: NIOAsyncChannelInboundStream<ByteBuffer>) async throws -> Answer {
        var bytes: [UInt8] = []
        for try await piece in input { bytes += piece.readableBytesView }
        return Answer(text: String(decoding: bytes, as: UTF8.self))
    }

    static func connect(_ address: ListenAddress, trusting certificate: String? = nil) async throws -> Bytes {
        let context = try certificate.map { path in
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(path))
            return try NIOSSLContext(configuration: tls)
        }
        return try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let context {
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: context, serverHostname: "localhost"))
                    }
                    return try Bytes(wrappingChannelSynchronously: channel)
                }
            }
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
