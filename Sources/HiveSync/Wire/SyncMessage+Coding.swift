public import HiveCore

/// The bytes of messages: a CBOR array of the message's number and its parts. Numbers are given once.
extension SyncMessage {
    public func encoded() -> [UInt8] {
        var encoder = CBOREncoder(reserving: 256)
        switch self {
        case .hello(let hello): hello.encode(into: &encoder)
        case .helloAck(let digest):
            encoder.begin(.helloAck, parts: 1)
            encoder.encode(digest: digest)
        case .have(let streams):
            encoder.begin(.have, parts: 1)
            encoder.encode(array: streams) { $1.encode(into: &$0) }
        case .logs(let scope, let stream, let heads):
            encoder.begin(.logs, parts: 3)
            encoder.encode(digest: scope.digest)
            encoder.encode(unsigned: UInt64(stream.rawValue))
            encoder.encode(array: heads) { $1.encode(into: &$0) }
        case .buckets(let scope, let stream, let hashes):
            encoder.begin(.buckets, parts: 3)
            encoder.encode(digest: scope.digest)
            encoder.encode(unsigned: UInt64(stream.rawValue))
            encoder.encode(bytes: hashes)
        case .bucketLogs(let scope, let stream, let heads):
            encoder.begin(.bucketLogs, parts: 3)
            encoder.encode(digest: scope.digest)
            encoder.encode(unsigned: UInt64(stream.rawValue))
            encoder.encode(array: heads) { $1.encode(into: &$0) }
        case .syncRequest(let log, let first, let credit):
            encoder.begin(.syncRequest, parts: 4)
            encoder.encode(digest: log.digest)
            for number in [first, credit.operations, credit.bytes] { encoder.encode(unsigned: number) }
        case .plan(let log, let operations, let bytes):
            encoder.begin(.plan, parts: 3)
            encoder.encode(digest: log.digest)
            for number in [operations, bytes] { encoder.encode(unsigned: number) }
        case .cursor(let log, let number): encoder.encode(.cursor, log, number)
        case .syncResponse(let range): encoder.encode(.syncResponse, range)
        case .push(let range): encoder.encode(.push, range)
        case .syncAck(let heads):
            encoder.begin(.syncAck, parts: 1)
            encoder.encode(array: heads) { $1.encode(into: &$0) }
        case .blobRequest(let address):
            encoder.begin(.blobRequest, parts: 3)
            encoder.encode(address)
        case .blob(let address, let bytes):
            encoder.begin(.blob, parts: 4)
            encoder.encode(address)
            encoder.encode(bytes: bytes)
        case .joinRequest(let request): request.encode(into: &encoder)
        case .joinResponse(let response): response.encode(into: &encoder)
        case .joinRefusal(let code, let message): encoder.encode(.joinRefusal, code, message)
        case .leave(let code, let message): encoder.encode(.leave, code, message)
        case .ping(let number): encoder.encode(.ping, number)
        case .pong(let number): encoder.encode(.pong, number)
        case .conflictNotification(let documents): encoder.encode(.conflictNotification, documents)
        case .conflictResolution(let documents): encoder.encode(.conflictResolution, documents)
        case .mirror(let message): message.encode(into: &encoder)
        case .overlay(let message): message.encode(into: &encoder)
        case .fork(let message): message.encode(into: &encoder)
        case .soft(let states):
            encoder.begin(.soft, parts: 1)
            encoder.encode(array: states) { $1.encode(into: &$0) }
        }
        return encoder.bytes
    }

    /// Nil for a message of a later version, which is passed over, as are parts that a later version has added at the
    /// end; throws for bytes that are no message.
    public static func decode(_ bytes: [UInt8]) throws(CBORError) -> SyncMessage? {
        var decoder = CBORDecoder(bytes)
        let parts = try decoder.beginArray() - 1
        guard let number = MessageNumber(rawValue: try decoder.decodeUnsigned()) else { return nil }
        guard parts >= number.parts else {
            throw CBORError(code: .unexpectedValue, offset: 0, message: "message \(number) has too few parts")
        }
        let known = parts >= number.allParts ? number.allParts : number.parts
        let message = try decode(number, parts: known, &decoder)
        for _ in known..<parts { _ = try decoder.decodeRawItem() }
        try decoder.finish()
        return message
    }

    private static func decode(
        _ number: MessageNumber, parts: Int, _ decoder: inout CBORDecoder
    ) throws(CBORError) -> SyncMessage {
        if let message = try MirrorMessage.decode(number, &decoder) { return .mirror(message) }
        if let message = try OverlayMessage.decode(number, &decoder) { return .overlay(message) }
        if let message = try ForkMessage.decode(number, &decoder) { return .fork(message) }
        let isWhole = parts == number.allParts
        return switch number {
        case .hello: .hello(try Hello(from: &decoder, hasFeatures: isWhole))
        case .helloAck: .helloAck(digest: try decoder.decodeDigest())
        case .have: .have(try decoder.decodeArray(StreamDigest.init(from:)))
        case .logs:
            .logs(
                ScopeID(try decoder.decodeDigest()), try decoder.decodeStream(),
                try decoder.decodeArray(LogHead.init(from:)))
        case .buckets:
            .buckets(ScopeID(try decoder.decodeDigest()), try decoder.decodeStream(), try decoder.decodeBuckets())
        case .bucketLogs:
            .bucketLogs(
                ScopeID(try decoder.decodeDigest()), try decoder.decodeStream(),
                try decoder.decodeArray(LogHead.init(from:)))
        case .syncRequest:
            .syncRequest(
                LogID(try decoder.decodeDigest()), from: try decoder.decodeUnsigned(),
                credit: isWhole
                    ? Credit(operations: try decoder.decodeUnsigned(), bytes: try decoder.decodeUnsigned()) : .standard)
        case .plan:
            .plan(
                LogID(try decoder.decodeDigest()), operations: try decoder.decodeUnsigned(),
                bytes: isWhole ? try decoder.decodeUnsigned() : 0)
        case .cursor: .cursor(LogID(try decoder.decodeDigest()), try decoder.decodeUnsigned())
        case .syncResponse: .syncResponse(try LogRange(from: &decoder))
        case .push: .push(try LogRange(from: &decoder))
        case .syncAck: .syncAck(try decoder.decodeArray(LogHead.init(from:)))
        case .blobRequest: .blobRequest(try decoder.decodeBlobAddress())
        case .blob: .blob(try decoder.decodeBlobAddress(), try decoder.decodeBytes())
        case .joinRequest: .joinRequest(try JoinRequest(from: &decoder))
        case .joinResponse: .joinResponse(try JoinResponse(from: &decoder))
        case .joinRefusal: .joinRefusal(code: try decoder.decodeText(), message: try decoder.decodeText())
        case .leave: .leave(code: try decoder.decodeText(), message: try decoder.decodeText())
        case .ping: .ping(try decoder.decodeUnsigned())
        case .pong: .pong(try decoder.decodeUnsigned())
        case .conflictNotification: .conflictNotification(try decoder.decodeDocuments())
        case .conflictResolution: .conflictResolution(try decoder.decodeDocuments())
        case .soft: try decodeSoft(&decoder)
        default: throw decoder.refusal("message \(number) has no parts that are known")
        }
    }
}

/// The numbers of messages. 28 is free; 29 wraps a message that was compressed.
enum MessageNumber: UInt64 {
    case hello = 1
    case helloAck = 2
    case have = 3
    case logs = 4
    case syncRequest = 5
    case plan = 6
    case syncResponse = 7
    case syncAck = 8
    case push = 9
    case blobRequest = 10
    case blob = 11
    case joinRequest = 12
    case joinResponse = 13
    case joinRefusal = 14
    case leave = 15
    case ping = 16
    case pong = 17
    case conflictNotification = 18
    case conflictResolution = 19
    case graft = 20
    case prune = 21
    case announce = 22
    case cursor = 23
    case buckets = 24
    case bucketLogs = 25
    case peers = 26
    case busy = 27
    case mirrorOffer = 30
    case mirrorRefusal = 31
    case mirrorWant = 32
    case mirrorChunk = 33
    case mirrorStored = 34
    case mirrorDrop = 35
    case mirrorList = 36
    case mirrorListing = 37
    case soft = 38
    case proofRequest = 39
    case proof = 40
    case branchRequest = 41
    case branch = 42

    /// The parts that a message has at least: those of version 0.
    var parts: Int {
        switch self {
        case .mirrorList: 0
        case .helloAck, .have, .syncAck, .ping, .pong, .conflictNotification, .conflictResolution: 1
        case .mirrorDrop, .mirrorListing, .soft, .prune, .peers, .busy, .branchRequest: 1
        case .announce, .cursor, .syncRequest, .plan, .joinRefusal, .leave, .mirrorStored: 2
        case .graft, .buckets, .bucketLogs, .logs, .blobRequest, .joinRequest, .mirrorRefusal, .mirrorWant: 3
        case .proofRequest: 3
        case .syncResponse, .push, .blob, .joinResponse, .mirrorChunk, .branch: 4
        case .mirrorOffer: 5
        case .hello, .proof: 6
        }
    }

    /// With those that were added at the end since.
    var allParts: Int {
        switch self {
        case .hello: 7
        case .syncRequest: 4
        case .plan: 3
        default: parts
        }
    }
}
