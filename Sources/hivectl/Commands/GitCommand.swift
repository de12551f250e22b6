import Foundation

/// Runs git and takes what it prints. Spawned directly: starting a process by way of Foundation takes longer than most
/// of git's answers.
struct GitCommand {
    /// Why git gave no answer.
    enum Failure: Error {
        /// Git is not there, or cannot be started.
        case cannotStart(String)
        /// Git ended with an error.
        case refused
    }

    private let process: pid_t
    private let output: Int32

    /// Starts git in a folder, whose name may have any bytes.
    init(_ arguments: [String], in folder: [UInt8]) throws(Failure) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .cannotStart(String(cString: strerror(errno))) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[1]) }
        let words = [Array("git".utf8), Array("-C".utf8), folder.isEmpty ? Array("/".utf8) : folder]
        var process = pid_t()
        let code = Self.spawn(words + arguments.map { Array($0.utf8) }, printingTo: ends[1], &process)
        guard code == 0 else {
            close(ends[0])
            throw .cannotStart(String(cString: strerror(code)))
        }
        (self.process, output) = (process, ends[0])
    }

    private static func spawn(_ words: [[UInt8]], printingTo output: Int32, _ process: inout pid_t) -> Int32 {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let arguments = words.map { strdup(CStrings.of($0)) } + [nil]
        defer { for argument in arguments { free(argument) } }
        // Git must not take locks for a reader, nor be asked for anything.
        setenv("GIT_OPTIONAL_LOCKS", "0", 1)
        setenv("LC_ALL", "C", 1)
        return posix_spawnp(&process, "git", &actions, nil, arguments, environ)
    }

    /// All that it prints. Throws where it ends with an error. To be called once.
    func bytes() throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(output, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        close(output)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else { throw .refused }
        return bytes
    }

    /// What it prints, split at zero bytes.
    func names() throws(Failure) -> [[UInt8]] { try bytes().split(separator: 0).map(Array.init) }
}

/// Bytes as C takes them.
enum CStrings {
    static func of(_ bytes: [UInt8]) -> [CChar] { bytes.map(CChar.init(bitPattern:)) + [0] }
}
