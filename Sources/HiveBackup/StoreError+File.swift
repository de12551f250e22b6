import HiveCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension StoreError {
    /// Names the system call that just failed on a file, by `errno`.
    static func ofFile(_ step: String, _ path: String) -> StoreError {
        let code = errno
        let message = "cannot \(step) `\(path)`: \(String(cString: strerror(code)))"
        return switch code {
        case ENOSPC, EDQUOT: StoreError(.full, message, hint: "free some space, or choose another place")
        case ENOENT, ENOTDIR: StoreError(.missing, message, hint: "check the path")
        case EACCES, EPERM, EROFS: StoreError(.failed, message, hint: "check its permissions")
        default: StoreError(.failed, message)
        }
    }
}
