import HiveAPI
import HiveCore
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Answers as the published HTTP API of Vault says: key-value store version 2 below `secret`, transit below `transit`.
final class StandInVault: Sendable {
    static let token = "hvs.zqtokenqz"

    struct State {
        var secrets: [String: [[String: JSONValue]]] = [:]
        /// The versions of the transit key `hive`.
        var transit: [SealingKey] = []
        var isSealed = false
        var isSilent = false
        /// Given for every request, where something is to go wrong.
        var answer: (status: Int, body: String)?
        var namespaces: [String] = []
    }

    let state = Mutex(State())
    private let channel: any Channel
    var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

    init() async throws {
        let box = Box()
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(box))
                }
            }.bind(host: "127.0.0.1", port: 0).get()
        box.vault.withLock { $0 = self }
    }

    func stop() async throws { try await channel.close() }

    fileprivate final class Box: Sendable {
        let vault = Mutex<StandInVault?>(nil)
    }

    /// Status and body for a request; nil for no answer at all.
    fileprivate func answer(_ head: HTTPRequestHead, _ body: [UInt8]) -> (status: Int, body: JSONValue)? {
        state.withLock { state in
            if state.isSilent { return nil }
            state.namespaces += head.headers["X-Vault-Namespace"]
            if let answer = state.answer { return (answer.status, .string(answer.body)) }
            if state.isSealed { return (503, ["errors": ["Vault is sealed"]]) }
            guard head.headers["X-Vault-Token"] == [Self.token] else { return (403, ["errors": ["permission denied"]]) }
            let parts = head.uri.split(separator: "?")
            let path = String(parts[0].dropFirst("/v1/".count))
            let json = (try? JSONValue(parsing: body)) ?? .null
            if path.hasPrefix("transit/") { return Self.transit(path, json, &state) }
            return Self.secret(path, version: parts.count > 1 ? Int(parts[1].dropFirst("version=".count)) : nil, state)
        }
    }

    private static func secret(_ path: String, version: Int?, _ state: State) -> (status: Int, body: JSONValue) {
        guard let versions = state.secrets[path], !versions.isEmpty else { return (404, ["errors": []]) }
        let number = version ?? versions.count
        guard number >= 1, number <= versions.count else { return (404, ["errors": []]) }
        let metadata: JSONValue = ["version": .integer(Int64(number)), "destroyed": false, "deletion_time": ""]
        return (200, ["data": ["data": .object(versions[number - 1]), "metadata": metadata]])
    }

    private static func transit(
        _ path: String, _ json: JSONValue, _ state: inout State
    ) -> (status: Int, body: JSONValue) {
        guard let key = state.transit.last else { return (path.contains("/keys/") ? 404 : 400, ["errors": ["no key"]]) }
        var random = SystemRandomNumberGenerator()
        switch path {
        case "transit/keys/hive":
            return (
                200, ["data": ["latest_version": .integer(Int64(state.transit.count)), "min_decryption_version": 1]]
            )
        case "transit/encrypt/hive":
            guard let plain = json["plaintext"]?.string.flatMap(Base64.decode),
                let sealed = try? key.seal(plain, at: [], using: &random)
            else { return (400, ["errors": ["plaintext is no base64"]]) }
            return (200, ["data": ["ciphertext": .string("vault:v\(state.transit.count):\(Base64.encode(sealed))")]])
        case "transit/decrypt/hive":
            let parts = (json["ciphertext"]?.string ?? "").split(separator: ":").map(String.init)
            guard parts.count == 3, let version = Int(parts[1].dropFirst()), version <= state.transit.count,
                let sealed = Base64.decode(parts[2]), let plain = state.transit[version - 1].open(sealed[...], at: [])
            else { return (400, ["errors": ["cipher: message authentication failed"]]) }
            return (200, ["data": ["plaintext": .string(Base64.encode(plain))]])
        default: return (404, ["errors": []])
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart
        private let box: Box
        private var head: HTTPRequestHead?
        private var body: [UInt8] = []

        init(_ box: Box) { self.box = box }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): (self.head, body) = (head, [])
            case .body(let bytes): body += Array(bytes.readableBytesView)
            case .end:
                guard let head, let vault = box.vault.withLock({ $0 }), let answer = vault.answer(head, body) else {
                    return
                }
                let bytes = ByteBuffer(bytes: answer.body.string.map { Array($0.utf8) } ?? answer.body.bytes)
                let headers: HTTPHeaders = ["Content-Length": "\(bytes.readableBytes)", "Connection": "close"]
                let status = HTTPResponseStatus(statusCode: answer.status)
                context.write(
                    wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))),
                    promise: nil)
                context.write(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
