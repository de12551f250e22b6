import HiveCore

/// What an invitation carries to the other machine: where to go, whom to expect, and the secret. One line of text.
struct InvitationLine: Sendable, Hashable {
    let hive: HiveID
    let inviter: PublicKey
    let address: String
    let secret: [UInt8]
    let expires: Timestamp

    private static let prefix = "hive1-"

    var text: String {
        let value = CBORValue.array([
            .bytes(hive.digest.bytes), .bytes(inviter.bytes), .text(address), .bytes(secret),
            .integer(expires.milliseconds),
        ])
        return Self.prefix + Base64URL.encode(value.encoded())
    }

    init(hive: HiveID, inviter: PublicKey, address: String, secret: [UInt8], expires: Timestamp) {
        self.hive = hive
        self.inviter = inviter
        self.address = address
        self.secret = secret
        self.expires = expires
    }

    /// Nil for a text that is no invitation.
    init?(_ text: String) {
        guard text.hasPrefix(Self.prefix), let bytes = Base64URL.decode(String(text.dropFirst(Self.prefix.count))),
            let value = try? CBORValue(decoding: bytes), case .array(let parts) = value, parts.count == 5,
            case .bytes(let hive) = parts[0], let hive = Digest(bytes: hive), case .bytes(let key) = parts[1],
            let inviter = PublicKey(bytes: key), let address = parts[2].text, case .bytes(let secret) = parts[3],
            let expires = parts[4].integer
        else { return nil }
        self.init(
            hive: HiveID(hive), inviter: inviter, address: address, secret: secret,
            expires: Timestamp(milliseconds: expires))
    }
}
