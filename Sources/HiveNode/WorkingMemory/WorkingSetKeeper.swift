import Logging

/// Lets what faded leave the working sets, once a minute. What fails is said and tried again.
struct WorkingSetKeeper {
    let node: Node
    let logger: Logger

    func run() async throws {
        while !Task.isCancelled {
            do { try await node.settleWorkingSets() } catch is CancellationError { return } catch {
                logger.error("working sets could not be settled, it is tried again in a minute: \(error)")
            }
            do { try await Task.sleep(for: .seconds(60)) } catch { return }
        }
    }
}
