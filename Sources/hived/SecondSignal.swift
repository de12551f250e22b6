import Dispatch
import Foundation
import Synchronization

/// Ends the process at the second SIGTERM or SIGINT: the first one asked politely.
enum SecondSignal {
    private static let count = Atomic<Int>(0)
    nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []

    static func trap() {
        for signal in [SIGTERM, SIGINT] {
            let source = DispatchSource.makeSignalSource(signal: signal, queue: .global())
            source.setEventHandler {
                guard count.add(1, ordering: .relaxed).newValue > 1 else { return }
                _exit(128 + signal)
            }
            source.resume()
            sources.append(source)
        }
    }
}
