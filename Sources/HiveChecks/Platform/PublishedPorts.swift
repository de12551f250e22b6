/// Who publishes which port of a machine.
struct PublishedPorts {
    /// The names of services by address, by port and transport.
    private var owners: [Substring: [Substring: String]] = [:]

    /// Takes note of a binding, `[ADDRESS:]PORT/TRANSPORT`. The service that has it already, on the same address or
    /// where one of them wants all addresses; nil where it is free.
    mutating func owner(of binding: String, claimedBy service: String) -> String? {
        let colon = binding.lastIndex(of: ":")
        let port = colon.map { binding[binding.index(after: $0)...] } ?? binding[...]
        let given = colon.map { binding[..<$0] } ?? ""
        let address = given == "0.0.0.0" || given == "::" ? "" : given
        let known = owners[port] ?? [:]
        let owner = known[address] ?? known[""] ?? (address.isEmpty ? known.values.min() : nil)
        owners[port, default: [:]][address] = known[address] ?? service
        return owner == service ? nil : owner
    }
}
