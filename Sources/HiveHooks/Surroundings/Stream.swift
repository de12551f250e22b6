#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Reading and writing with deadlines, in milliseconds of `Clock`.
enum Stream {
    /// A connected socket that never blocks; nil where the other side does not answer in time.
    static func connect(_ info: addrinfo, until deadline: Int64) -> Int32? {
        connect(info.ai_family, info.ai_socktype, info.ai_protocol, info.ai_addr, info.ai_addrlen, until: deadline)
    }

    /// The same for a socket that is a file; nil also where its path is longer than the system takes.
    static func connect(toFile path: String, until deadline: Int64) -> Int32? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        #if canImport(Glibc)
            let type = Int32(SOCK_STREAM.rawValue)
        #else
            let type = SOCK_STREAM
        #endif
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                while true {
                    if let socket = connect(AF_UNIX, type, 0, address, size, until: deadline) { return socket }
                    // Many ask at once: a file does not let one wait for its turn as a port does.
                    guard errno == EAGAIN, Clock.milliseconds() < deadline else { return nil }
                    _ = poll(nil, 0, 5)
                }
            }
        }
    }

    private static func connect(
        _ family: Int32, _ type: Int32, _ kind: Int32, _ address: UnsafePointer<sockaddr>?, _ size: socklen_t,
        until deadline: Int64
    ) -> Int32? {
        let socket = socket(family, type, kind)
        guard socket >= 0 else { return nil }
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
        _ = fcntl(socket, F_SETFL, O_NONBLOCK)
        #if canImport(Glibc)
            let isDone = Glibc.connect(socket, address, size) == 0
        #elseif canImport(Musl)
            let isDone = Musl.connect(socket, address, size) == 0
        #else
            let isDone = Darwin.connect(socket, address, size) == 0
        #endif
        if isDone { return socket }
        var problem: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard errno == EINPROGRESS, wait(for: socket, POLLOUT, until: deadline),
            getsockopt(socket, SOL_SOCKET, SO_ERROR, &problem, &size) == 0, problem == 0
        else {
            let problem = errno
            close(socket)
            errno = problem
            return nil
        }
        return socket
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32, until deadline: Int64) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                guard wait(for: descriptor, POLLOUT, until: deadline) else { return false }
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }

    /// All there is up to the end; nil where that does not come in time, or there is too much.
    static func read(_ descriptor: Int32, atMost limit: Int, until deadline: Int64) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            guard wait(for: descriptor, POLLIN, until: deadline) else { return nil }
            let count = systemRead(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count < 0 {
                guard errno == EINTR || errno == EAGAIN else { return nil }
                continue
            }
            bytes += buffer[..<count]
            guard bytes.count <= limit else { return nil }
        }
    }

    private static func wait(for descriptor: Int32, _ events: Int32, until deadline: Int64) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        while true {
            let left = deadline - Clock.milliseconds()
            guard left > 0 else { return false }
            let count = poll(&entry, 1, Int32(left))
            if count > 0 { return true }
            if count < 0, errno == EINTR { continue }
            return false
        }
    }

    #if canImport(Glibc)
        private static let systemWrite = Glibc.write
        private static let systemRead = Glibc.read
    #elseif canImport(Musl)
        private static let systemWrite = Musl.write
        private static let systemRead = Musl.read
    #else
        private static let systemWrite = Darwin.write
        private static let systemRead = Darwin.read
    #endif
}

/// A clock that only goes forward.
enum Clock {
    static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
