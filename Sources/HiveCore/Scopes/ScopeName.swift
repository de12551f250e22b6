/// The name by which people choose who may see and hold a document:
/// `instance`, `agent:NAME`, `collective:NAME` or `universal`.
public struct ScopeName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The width of a scope, narrowest first.
    public enum Kind: UInt8, Sendable, Hashable, CaseIterable {
        case instance = 0
        case agent = 1
        case collective = 2
        case universal = 3
    }

    public let kind: Kind
    /// Empty for `instance` and `universal`.
    public let name: String

    public static let instance = ScopeName(unchecked: .instance, name: "")
    public static let universal = ScopeName(unchecked: .universal, name: "")
    /// The collective that is founded with every hive.
    public static let main = ScopeName(unchecked: .collective, name: "main")

    private init(unchecked kind: Kind, name: String) {
        self.kind = kind
        self.name = name
    }

    /// Nil where the kind and the name do not go together: agents and collectives need a name of 1 to 64
    /// characters out of letters, digits, `.`, `_`, `-` and `@`; the other two kinds have none.
    public init?(kind: Kind, name: String = "") {
        switch kind {
        case .instance, .universal:
            guard name.isEmpty else { return nil }
        case .agent, .collective:
            guard Self.isValid(name: name) else { return nil }
        }
        self.init(unchecked: kind, name: name)
    }

    /// Parses the written form.
    public init?(_ text: String) {
        switch text {
        case "instance": self = .instance
        case "universal": self = .universal
        default:
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            switch parts[0] {
            case "agent": self.init(kind: .agent, name: String(parts[1]))
            case "collective": self.init(kind: .collective, name: String(parts[1]))
            default: return nil
            }
        }
    }

    /// Whether a name may name an agent, a collective or a node.
    public static func isValid(name: String) -> Bool {
        let scalars = name.unicodeScalars
        guard (1...64).contains(scalars.count) else { return false }
        return scalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-", "@": true
            default: false
            }
        }
    }

    public static func < (left: ScopeName, right: ScopeName) -> Bool {
        left.kind == right.kind ? left.name < right.name : left.kind.rawValue < right.kind.rawValue
    }

    public var description: String {
        switch kind {
        case .instance: "instance"
        case .agent: "agent:\(name)"
        case .collective: "collective:\(name)"
        case .universal: "universal"
        }
    }
}
