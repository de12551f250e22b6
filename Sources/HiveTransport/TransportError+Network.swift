import Foundation
import HiveSync
import NIOCore
import NIOPosix

extension TransportError.Code {
    /// The other side, or this one, has no room for another connection.
    static let refused = TransportError.Code(rawValue: "too_many_connections")
    /// The listener cannot be opened, for another reason than that the address is taken.
    static let cannotListen = TransportError.Code(rawValue: "cannot_listen")
}

extension TransportError {
    /// Why nobody could be reached at an address.
    static func unreachable(_ address: PeerAddress, _ error: any Error, timeout: Int64) -> TransportError {
        TransportError(.unreachable, "cannot reach \(address): \(reason(error, timeout: timeout))")
    }

    /// Why an address could not be listened on, and what to do about it.
    static func listening(_ address: PeerAddress, _ error: any Error) -> TransportError {
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE:
            TransportError(
                .addressInUse,
                "cannot listen for peers on `\(address)`: another process does; stop it or choose another address")
        case EADDRNOTAVAIL:
            TransportError(
                .cannotListen,
                "cannot listen for peers on `\(address)`: no interface of this machine has that address")
        case EACCES:
            TransportError(
                .cannotListen, "cannot listen for peers on `\(address)`: not permitted; choose a port above 1023")
        default: TransportError(.cannotListen, "cannot listen for peers on `\(address)`: \(reason(error, timeout: 0))")
        }
    }

    private static func reason(_ error: any Error, timeout: Int64) -> String {
        switch error {
        case let error as NIOConnectionError:
            if let failure = error.connectionErrors.last { return reason(failure.error, timeout: timeout) }
            return "`\(error.host)` cannot be resolved"
        case let error as IOError: return String(cString: strerror(error.errnoCode)).lowercased()
        case ChannelError.connectTimeout: return "no answer within \(timeout) seconds"
        default: return "\(error)"
        }
    }
}
