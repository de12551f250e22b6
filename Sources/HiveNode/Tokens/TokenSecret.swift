import HiveAPI
import HiveCore

/// The text of a token: `hive_NODE_ID_SECRET`. Node and id are no secrets: they let a node say what is wrong with a token
/// that does not count, and find the one digest to compare with.
struct TokenSecret: Sendable {
    /// The beginning of the id of the node that gave it out.
    let node: String
    let id: String
    let text: String

    static let nodeDigits = 8
    static let idDigits = 16
    private static let secretBytes = 32

    /// A new one.
    init(node: NodeID, using random: inout some RandomNumberGenerator) {
        func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) } }
        self.node = String(node.digest.hex.prefix(Self.nodeDigits))
        id = Hex.encode(bytes(Self.idDigits / 2))
        text = "hive_\(self.node)_\(id)_\(Base64URL.encode(bytes(Self.secretBytes)))"
    }

    /// Nil for a text that is no such token.
    init?(_ text: String) {
        let parts = text.split(separator: "_", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "hive", Self.isHex(parts[1], Self.nodeDigits),
            Self.isHex(parts[2], Self.idDigits), Base64URL.decode(String(parts[3]))?.count == Self.secretBytes
        else { return nil }
        (node, id, self.text) = (String(parts[1]), String(parts[2]), text)
    }

    private static func isHex(_ text: Substring, _ count: Int) -> Bool {
        text.utf8.count == count
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }

    /// What is kept of it. The secret is random and long: nobody can guess it from its digest, so no salt is needed.
    var digest: Digest { .sha256(domain: "hive/1/issued-token", Array(text.utf8)) }

    /// Whether it is the token that a digest was kept of; takes the same time wherever they differ.
    func isSecret(of digest: Digest) -> Bool {
        zip(self.digest.bytes, digest.bytes).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
