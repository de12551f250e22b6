import HiveCore

extension MirrorMessage {
    func encode(into encoder: inout CBOREncoder) {
        switch self {
        case .offer(let offer):
            encoder.begin(.mirrorOffer, parts: 5)
            encoder.encode(offer)
        case .refusal(let id, let code, let message):
            encoder.begin(.mirrorRefusal, parts: 3)
            for text in [id, code, message] { encoder.encode(text: text) }
        case .want(let name, let offset):
            encoder.begin(.mirrorWant, parts: 3)
            encoder.encode(name, offset)
        case .chunk(let name, let offset, let bytes):
            encoder.begin(.mirrorChunk, parts: 4)
            encoder.encode(name, offset)
            encoder.encode(bytes: bytes)
        case .stored(let id, let digest):
            encoder.begin(.mirrorStored, parts: 2)
            encoder.encode(text: id)
            encoder.encode(digest: digest)
        case .drop(let id):
            encoder.begin(.mirrorDrop, parts: 1)
            encoder.encode(text: id)
        case .list: encoder.begin(.mirrorList, parts: 0)
        case .listing(let entries):
            encoder.begin(.mirrorListing, parts: 1)
            encoder.encode(array: entries) { encoder, entry in
                encoder.beginArray(count: 7)
                encoder.encode(entry.offer)
                encoder.encode(unsigned: UInt64(entry.held))
                encoder.encode(bool: entry.isWhole)
            }
        }
    }

    /// Nil for the number of another message.
    static func decode(
        _ number: MessageNumber, _ decoder: inout CBORDecoder
    ) throws(CBORError) -> MirrorMessage? {
        switch number {
        case .mirrorOffer: return .offer(try decoder.decodeMirrorOffer())
        case .mirrorRefusal:
            let id = try decoder.decodeBackupID()
            return .refusal(id: id, code: try decoder.decodeText(), message: try decoder.decodeText())
        case .mirrorWant: return .want(try decoder.decodeMirrorName(), offset: try decoder.decodeCount())
        case .mirrorChunk:
            let name = try decoder.decodeMirrorName()
            return .chunk(name, offset: try decoder.decodeCount(), try decoder.decodeBytes())
        case .mirrorStored: return .stored(id: try decoder.decodeBackupID(), digest: try decoder.decodeDigest())
        case .mirrorDrop: return .drop(id: try decoder.decodeBackupID())
        case .mirrorList: return .list
        case .mirrorListing:
            return .listing(
                try decoder.decodeArray { decoder throws(CBORError) in
                    try decoder.expectArray(count: 7)
                    let offer = try decoder.decodeMirrorOffer()
                    let held = try decoder.decodeCount()
                    return Entry(offer: offer, held: held, isWhole: try decoder.decodeBool())
                })
        default: return nil
        }
    }
}

extension CBOREncoder {
    fileprivate mutating func encode(_ offer: MirrorOffer) {
        encode(text: offer.id)
        encode(unsigned: UInt64(offer.size))
        encode(digest: offer.digest)
        encode(integer: offer.created.milliseconds)
        encode(integer: offer.keptUntil.milliseconds)
    }

    fileprivate mutating func encode(_ name: MirrorName, _ offset: Int) {
        encode(digest: name.owner.digest)
        encode(text: name.id)
        encode(unsigned: UInt64(offset))
    }
}

extension CBORDecoder {
    /// Ids name files where they are kept: anything else is refused here, before anybody looks for it.
    fileprivate mutating func decodeBackupID() throws(CBORError) -> String {
        let id = try decodeText()
        guard MirrorOffer.isID(id) else { throw refusal("the id of a backup has 16 hexadecimal digits") }
        return id
    }

    /// A number of bytes of a file, at most 2⁵³.
    fileprivate mutating func decodeCount() throws(CBORError) -> Int {
        let count = try decodeUnsigned()
        guard count <= 1 << 53 else { throw refusal("no file is that long") }
        return Int(count)
    }

    fileprivate mutating func decodeMirrorName() throws(CBORError) -> MirrorName {
        let owner = NodeID(try decodeDigest())
        return MirrorName(owner: owner, id: try decodeBackupID())
    }

    fileprivate mutating func decodeMirrorOffer() throws(CBORError) -> MirrorOffer {
        let id = try decodeBackupID()
        let size = try decodeCount()
        guard size > 0 else { throw refusal("a backup is not empty") }
        let digest = try decodeDigest()
        let created = Timestamp(milliseconds: try decodeInteger())
        return MirrorOffer(
            id: id, size: size, digest: digest, created: created,
            keptUntil: Timestamp(milliseconds: try decodeInteger()))
    }
}
