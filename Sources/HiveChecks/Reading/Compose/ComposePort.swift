/// Ports that a service publishes: one, or a range.
struct ComposePort: Sendable, Hashable {
    /// Empty for all addresses.
    let address: String
    let published: ClosedRange<Int64>
    let transport: String

    /// More than that are not published by one file.
    static let maximumPorts = 20_000

    /// Each port as `[ADDRESS:]PORT/TRANSPORT`.
    var texts: [String] { published.map { "\(address.isEmpty ? "" : address + ":")\($0)/\(transport)" } }

    /// Every port of the `ports` of a service; those without a fixed number are left out. Problems name what is none.
    static func all(in tree: Tree?) -> (ports: [ComposePort], problems: [String]) {
        var ports: [ComposePort] = []
        var problems: [String] = []
        for element in tree?.elements ?? [] {
            if let found = element.isMap ? long(element) : element.text.flatMap(short) {
                ports += found
            } else {
                problems.append("`\(element.text ?? "ports")` is no port")
            }
        }
        return (ports, problems)
    }

    /// `{target: 80, published: "8080", host_ip: 127.0.0.1, protocol: tcp}`
    private static func long(_ tree: Tree) -> [ComposePort]? {
        guard let published = tree["published"]?.text else { return tree["target"] == nil ? nil : [] }
        return make(published, tree["host_ip"]?.text ?? "", tree["protocol"]?.text ?? "tcp")
    }

    /// `[[ADDRESS:]PUBLISHED:]TARGET[/TRANSPORT]`, each port also as a range.
    private static func short(_ text: String) -> [ComposePort]? {
        let halves = text.split(separator: "/", maxSplits: 1)
        guard let places = halves.first else { return nil }
        let parts = places.split(separator: ":", omittingEmptySubsequences: false)
        guard let target = parts.last, Quantity.ports(String(target)) != nil else { return nil }
        guard parts.count > 1 else { return [] }
        let address = parts.dropLast(2).joined(separator: ":").filter { $0 != "[" && $0 != "]" }
        let published = String(parts[parts.count - 2])
        if published.isEmpty { return [] }
        return make(published, address, halves.count > 1 ? String(halves[1]) : "tcp")
    }

    private static func make(_ published: String, _ address: String, _ transport: String) -> [ComposePort]? {
        Quantity.ports(published).map { [ComposePort(address: address, published: $0, transport: transport)] }
    }
}
