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
        var known: [SecretFinding] = []
        var assigned: [SecretFinding] = []
        var index = 0
        // Where the last value ends that was read: it is not read again as a name, but a key may stand in it.
        var readUntil = 0
        while index < bytes.count {
            switch knownSecret(at: index, in: bytes) {
            case .harmless(let end): index = max(index + 1, end)
            case .secret(let kind, let range):
                known.append(SecretFinding(kind: kind, range: range))
                index = max(index + 1, range.upperBound)
            case .nothing:
                if index >= readUntil {
                    switch SecretAssignment.look(at: index, in: bytes) {
                    case .nothing: break
                    case .harmless(let end): readUntil = end
                    case .secret(let kind, let range):
                        assigned.append(SecretFinding(kind: kind, range: range))
                        readUntil = range.upperBound
                    }
                }
                index += 1
            }
        }
        return merged(known, assigned)
    }

    /// What stands at one place.
    enum Look {
        case nothing
        /// Something that is no secret, with all that belongs to it: nothing inside is looked at again.
        case harmless(until: Int)
        case secret(String, Range<Int>)
    }

    private static func knownSecret(at index: Int, in bytes: [UInt8]) -> Look {
        switch bytes[index] {
        case UInt8(ascii: "-"): PrivateKeyBlock.look(at: index, in: bytes)
        case UInt8(ascii: ":"): AddressPassword.look(at: index, in: bytes)
        default: SecretFormat.look(at: index, in: bytes)
        }
    }

    /// What is known for certain goes before what was only assigned. Both come in order.
    private static func merged(_ known: [SecretFinding], _ assigned: [SecretFinding]) -> [SecretFinding] {
        var findings = known
        var place = 0
        for finding in assigned {
            while place < known.count, known[place].range.upperBound <= finding.range.lowerBound { place += 1 }
            if place == known.count || !known[place].range.overlaps(finding.range) { findings.append(finding) }
        }
        return findings.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }
}
