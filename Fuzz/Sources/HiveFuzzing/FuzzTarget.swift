internal import CFuzzer
internal import Foundation

/// Something that takes bytes from anybody, with the properties that must hold for all of them. A property that does not
/// hold traps, which libFuzzer notes with the bytes.
public struct FuzzTarget: Sendable {
    public let name: String
    let run: @Sendable ([UInt8]) throws -> Void

    /// - Parameter run: throws only where the target itself is broken; what input may be refused for is caught inside.
    public init(_ name: String, run: @escaping @Sendable ([UInt8]) throws -> Void) {
        self.name = name
        self.run = run
    }

    /// Traps, and says why.
    public static func expect(_ holds: Bool, _ property: @autoclosure () -> String) {
        guard !holds else { return }
        fatalError("does not hold: \(property())")
    }
}

extension FuzzTarget {
    /// What the callback of libFuzzer, which knows nothing but bytes, runs.
    nonisolated(unsafe) private static var chosen: FuzzTarget?

    /// Names the target for the processes that libFuzzer starts with its own flags alone.
    private static let variable = "HIVE_FUZZ_TARGET"

    /// Gives the target that the first argument names to libFuzzer, with the arguments after it.
    public static func drive(_ targets: [FuzzTarget]) -> Never {
        var arguments = Optional(CommandLine.unsafeArgv)
        var count = CommandLine.argc
        let first = CommandLine.arguments.dropFirst().first ?? ""
        if targets.contains(where: { $0.name == first }) {
            setenv(variable, first, 1)
            arguments = CommandLine.unsafeArgv + 1
            arguments?.pointee = CommandLine.unsafeArgv[0]
            count -= 1
        }
        let name = ProcessInfo.processInfo.environment[variable]
        guard let target = targets.first(where: { $0.name == name }) else {
            let names = targets.map(\.name).joined(separator: ", ")
            print("usage: \(CommandLine.arguments[0]) TARGET [flags of libFuzzer] [corpus ...]; targets: \(names)")
            exit(64)
        }
        chosen = target
        exit(LLVMFuzzerRunDriver(&count, &arguments) { FuzzTarget.take($0, $1) })
    }

    private static func take(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        do {
            try chosen?.run(Array(UnsafeBufferPointer(start: start, count: count)))
        } catch {
            fatalError("the target failed: \(error)")
        }
        return 0
    }
}
