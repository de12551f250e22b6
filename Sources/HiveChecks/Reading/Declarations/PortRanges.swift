/// Sets of ports as people write them.
enum PortRanges {
    /// `10300-10319`, `10420`; ascending.
    static func texts(of ports: Set<Int64>) -> [String] {
        var ranges: [ClosedRange<Int64>] = []
        for port in ports.sorted() {
            if let last = ranges.last, last.upperBound + 1 == port {
                ranges[ranges.count - 1] = last.lowerBound...port
            } else {
                ranges.append(port...port)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
    }
}
