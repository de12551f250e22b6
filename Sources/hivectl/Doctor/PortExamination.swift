import Foundation
import HiveAPI

/// Whether a node that is to start could listen where its configuration says.
struct PortExamination {
    /// `HOST:PORT` by what it is for.
    let addresses: [(name: String, address: String)]

    func checks() -> [HealthCheck] {
        guard !addresses.isEmpty else { return [] }
        let taken = addresses.filter { !Self.isFree($0.address) }
        guard taken.isEmpty else {
            return taken.map {
                .failing(
                    "ports", "something else listens at \($0.address), where \($0.name) is to be",
                    advice: "end it, or choose another port with `\($0.name)` in hive.yaml")
            }
        }
        return [.ok("ports", "free: " + addresses.map(\.address).joined(separator: ", "))]
    }

    /// What cannot be looked up or bound for another reason is left to the start, which says it better.
    private static func isFree(_ address: String) -> Bool {
        guard let colon = address.lastIndex(of: ":") else { return true }
        let host = address[..<colon].filter { !"[]".contains($0) }
        var hints = addrinfo()
        #if canImport(Darwin)
            hints.ai_socktype = SOCK_STREAM
        #else
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #endif
        hints.ai_flags = AI_PASSIVE
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(String(host), String(address[address.index(after: colon)...]), &hints, &found) == 0,
            let first = found
        else { return true }
        defer { freeaddrinfo(found) }
        let info = first.pointee
        let descriptor = socket(info.ai_family, info.ai_socktype, info.ai_protocol)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard bind(descriptor, info.ai_addr, info.ai_addrlen) != 0 else {
            return listen(descriptor, 1) == 0 || errno != EADDRINUSE
        }
        return errno != EADDRINUSE
    }
}
