import HiveCore

/// A stream of many logs is compared in buckets, so that two nodes name only logs that may differ.
extension StreamView {
    /// Bytes of a bucket's hash.
    static let bucketHashLength = 8
    /// How many buckets there may be.
    static let bucketCounts = 16...4096

    /// About two logs for each bucket, a power of two.
    var bucketCount: Int {
        var count = Self.bucketCounts.lowerBound
        while count * 2 < logs.count, count < Self.bucketCounts.upperBound { count *= 2 }
        return count
    }

    /// By the first bits of a log's identity.
    static func bucket(of log: LogID, among count: Int) -> Int {
        let bytes = log.digest.bytes
        return (Int(bytes[0]) * 256 + Int(bytes[1])) * count / 65_536
    }

    /// The hash of every bucket, one after the other; an empty bucket's is zeros.
    func bucketHashes(_ count: Int) -> [UInt8] {
        var hashes: [UInt8] = []
        for heads in heads(inBucketsOf: count) {
            guard !heads.isEmpty else {
                hashes += [UInt8](repeating: 0, count: Self.bucketHashLength)
                continue
            }
            var encoder = CBOREncoder(reserving: 80 * heads.count)
            for head in heads { head.encode(into: &encoder) }
            hashes += Digest.sha256(domain: "hive/1/bucket", encoder.bytes).bytes.prefix(Self.bucketHashLength)
        }
        return hashes
    }

    /// The logs of every bucket, in order of their identities.
    func heads(inBucketsOf count: Int) -> [[LogHead]] {
        var buckets = [[LogHead]](repeating: [], count: count)
        for head in logs { buckets[Self.bucket(of: head.log, among: count)].append(head) }
        return buckets
    }

    /// The buckets whose hashes are not those of a peer.
    func differingBuckets(from hashes: [UInt8]) -> [Int] {
        let length = Self.bucketHashLength
        let own = bucketHashes(hashes.count / length)
        return (0..<hashes.count / length).filter { index in
            own[(index * length)..<((index + 1) * length)] != hashes[(index * length)..<((index + 1) * length)]
        }
    }
}
