import HiveCore

// How the parts of messages are written and read; each pair stands together.

extension CBOREncoder {
    mutating func begin(_ number: MessageNumber, parts: Int) {
        beginArray(count: parts + 1)
        encode(unsigned: number.rawValue)
    }

    mutating func encode<Element>(array: [Element], _ body: (inout CBOREncoder, Element) -> Void) {
        beginArray(count: array.count)
        for element in array { body(&self, element) }
    }

    mutating func encode(_ number: MessageNumber, _ log: LogID, _ value: UInt64) {
        begin(number, parts: 2)
        encode(digest: log.digest)
        encode(unsigned: value)
    }

    mutating func encode(_ number: MessageNumber, _ value: UInt64) {
        begin(number, parts: 1)
        encode(unsigned: value)
    }

    mutating func encode(_ number: MessageNumber, _ code: String, _ message: String) {
        begin(number, parts: 2)
        encode(text: code)
        encode(text: message)
    }

    mutating func encode(_ number: MessageNumber, _ documents: [DocumentAddress]) {
        begin(number, parts: 1)
        encode(array: documents) { encoder, address in
            encoder.beginArray(count: 2)
            encoder.encode(digest: address.scope.digest)
            encoder.encode(bytes: address.document.bytes)
        }
    }

    mutating func encode(_ number: MessageNumber, _ range: LogRange) {
        begin(number, parts: 4)
        range.descriptor.encode(into: &self)
        encode(unsigned: range.first)
        encode(array: range.entries) { encoder, entry in
            encoder.beginArray(count: entry.body == nil ? 1 : 3)
            encoder.encode(bytes: entry.header)
            if let body = entry.body {
                encoder.encode(bytes: body.salt)
                encoder.encode(bytes: body.bytes)
            }
        }
        range.checkpoint.encode(into: &self)
    }

    mutating func encode(_ address: SyncMessage.BlobAddress) {
        encode(digest: address.hash)
        encode(digest: address.document.scope.digest)
        encode(bytes: address.document.document.bytes)
    }
}

extension CBORDecoder {
    mutating func decodeStream() throws(CBORError) -> HiveCore.Stream {
        let number = try decodeUnsigned()
        guard let stream = UInt8(exactly: number).flatMap(HiveCore.Stream.init(rawValue:)) else {
            throw refusal("there is no stream \(number)")
        }
        return stream
    }

    mutating func decodeBuckets() throws(CBORError) -> [UInt8] {
        let hashes = try decodeBytes()
        let count = hashes.count / StreamView.bucketHashLength
        guard StreamView.bucketCounts.contains(count), count & (count - 1) == 0,
            hashes.count == count * StreamView.bucketHashLength
        else { throw refusal("there are 16 to 4,096 buckets, a power of two, of 8 bytes each") }
        return hashes
    }

    mutating func decodeDocumentID() throws(CBORError) -> DocumentID {
        guard let document = DocumentID(bytes: try decodeBytes()) else {
            throw refusal("a document's identity has 16 bytes")
        }
        return document
    }

    mutating func decodeBlobAddress() throws(CBORError) -> SyncMessage.BlobAddress {
        let hash = try decodeDigest()
        let scope = ScopeID(try decodeDigest())
        let address = DocumentAddress(scope: scope, document: try decodeDocumentID())
        return SyncMessage.BlobAddress(hash: hash, document: address)
    }

    mutating func decodeDocuments() throws(CBORError) -> [DocumentAddress] {
        try decodeArray { decoder throws(CBORError) in
            try decoder.expectArray(count: 2)
            let scope = ScopeID(try decoder.decodeDigest())
            return DocumentAddress(scope: scope, document: try decoder.decodeDocumentID())
        }
    }

    mutating func decodeFounding() throws(CBORError) -> ScopeFounding {
        try ScopeFounding(decoding: decodeBytes())
    }

    func refusal(_ message: String) -> CBORError {
        CBORError(code: .unexpectedValue, offset: offset, message: message)
    }
}

extension LogRange {
    init(from decoder: inout CBORDecoder) throws(CBORError) {
        let descriptor = try LogDescriptor(from: &decoder)
        let first = try decoder.decodeUnsigned()
        let entries = try decoder.decodeArray { decoder throws(CBORError) in
            let parts = try decoder.beginArray()
            guard parts == 1 || parts == 3 else {
                throw decoder.refusal("an operation has a header and perhaps a body")
            }
            let header = try decoder.decodeBytes()
            guard parts == 3 else { return Entry(header: header, body: nil) }
            let salt = try decoder.decodeBytes()
            return Entry(header: header, body: SaltedBody(salt: salt, bytes: try decoder.decodeBytes()))
        }
        guard first >= 1, !entries.isEmpty, first <= UInt64(Int64.max) else {
            throw decoder.refusal("a range begins at 1 or later and is not empty")
        }
        self.init(
            descriptor: descriptor, first: first, entries: entries, checkpoint: try Checkpoint(from: &decoder))
    }
}

extension SyncMessage.Hello {
    func encode(into encoder: inout CBOREncoder) {
        encoder.begin(.hello, parts: 7)
        encoder.encode(unsigned: newest)
        encoder.encode(unsigned: oldest)
        encoder.encode(digest: hive.digest)
        encoder.encode(text: name)
        encoder.encode(text: address)
        encoder.encode(digest: digest)
        encoder.encode(array: features) { $0.encode(text: $1) }
    }

    init(from decoder: inout CBORDecoder, hasFeatures: Bool) throws(CBORError) {
        let versions = (newest: try decoder.decodeUnsigned(), oldest: try decoder.decodeUnsigned())
        let hive = HiveID(try decoder.decodeDigest())
        let name = try decoder.decodeText()
        let address = try decoder.decodeText()
        let digest = try decoder.decodeDigest()
        let features =
            hasFeatures ? try decoder.decodeArray { decoder throws(CBORError) in try decoder.decodeText() } : []
        self.init(
            versions: versions, hive: hive, name: name, address: address, digest: digest, features: features)
    }
}

extension SyncMessage.StreamDigest {
    func encode(into encoder: inout CBOREncoder) {
        encoder.beginArray(count: 3)
        encoder.encode(bytes: founding.encoded())
        encoder.encode(unsigned: UInt64(stream.rawValue))
        encoder.encode(digest: digest)
    }

    init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.expectArray(count: 3)
        founding = try decoder.decodeFounding()
        stream = try decoder.decodeStream()
        digest = try decoder.decodeDigest()
    }
}

extension SyncMessage.JoinRequest {
    func encode(into encoder: inout CBOREncoder) {
        encoder.begin(.joinRequest, parts: 3)
        encoder.encode(bytes: secret)
        encoder.encode(text: name)
        encoder.encode(text: address)
    }

    init(from decoder: inout CBORDecoder) throws(CBORError) {
        secret = try decoder.decodeBytes()
        name = try decoder.decodeText()
        address = try decoder.decodeText()
    }
}

extension SyncMessage.JoinResponse {
    func encode(into encoder: inout CBOREncoder) {
        encoder.begin(.joinResponse, parts: 4)
        encoder.encode(bytes: hive.encoded())
        encoder.encode(text: name)
        encoder.encode(array: scopes) { $0.encode(bytes: $1.encoded()) }
        encoder.encode(array: peers) { $1.encode(into: &$0) }
    }

    init(from decoder: inout CBORDecoder) throws(CBORError) {
        hive = try HiveFounding(decoding: decoder.decodeBytes())
        name = try decoder.decodeText()
        scopes = try decoder.decodeArray { decoder throws(CBORError) in try decoder.decodeFounding() }
        peers = try decoder.decodeArray(SyncMessage.KnownPeer.init(from:))
    }
}
