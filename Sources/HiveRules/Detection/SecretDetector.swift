/// Finds secrets in a text: keys of published formats, private keys, passwords in addresses, credentials in headers, and
/// random or mixed values that are given to a name such as `password`. A hash by itself is none, and neither is a place
/// where a secret would go. Time and space grow with the length of the text and with nothing else.
public enum SecretDetector {
    /// The kinds of secrets in a text, each once, in order of first appearance.
    public static func kinds(in text: String) -> [String] {
        var kinds: [String] = []
        for finding in findings(in: Array(text.utf8)) where !kinds.contains(finding.kind) { kinds.append(finding.kind) }
        return kinds
    }

    /// All secrets in a text, in their order; they do not overlap.
    public static func findings(in bytes: [UInt8]) -> [SecretFinding] {
        var findings: [SecretFinding] = []
        var index = 0
        while index < bytes.count {
            switch look(at: index, in: bytes) {
            case .nothing: index += 1
            case .harmless(let end): index = max(index + 1, end)
            case .secret(let kind, let range):
                findings.append(SecretFinding(kind: kind, range: range))
                index = max(index + 1, range.upperBound)
            }
        }
        return findings
    }

    /// What stands at one place.
    enum Look {
        case nothing
        /// Something that is no secret, with all that belongs to it: nothing inside is looked at again.
        case harmless(until: Int)
        case secret(String, Range<Int>)
    }

    private static func look(at index: Int, in bytes: [UInt8]) -> Look {
        switch bytes[index] {
        case UInt8(ascii: "-"): PrivateKeyBlock.look(at: index, in: bytes)
        case UInt8(ascii: ":"):
            switch AddressPassword.look(at: index, in: bytes) {
            case .nothing: SecretAssignment.look(at: index, in: bytes)
            case let look: look
            }
        case UInt8(ascii: "="): SecretAssignment.look(at: index, in: bytes)
        default: SecretFormat.look(at: index, in: bytes)
        }
    }
}
