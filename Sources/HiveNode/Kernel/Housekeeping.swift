import Logging

/// What a node does for itself every few seconds: drops the bytes of what was erased, and re-issues what it brought
/// along from a hive that it left. What fails is said and tried again; a full disk does not end the node.
struct Housekeeping {
    let node: Node
    let logger: Logger

    func run() async throws {
        while !Task.isCancelled {
            await attempt("purging what was erased") { try await node.purge() }
            await attempt("re-issuing memories of the former hive") { _ = try await node.reissue() }
            await attempt("looking for contradictions") { _ = try node.contradictions.all() }
            await attempt("keeping backups") { try await node.keepBackups() }
            await attempt("removing mirrors that nobody needs") { try await node.mirroring?.removeOutdated() }
            await attempt("consolidating memories") { try await node.consolidateIfDue() }
            do { try await Task.sleep(for: .seconds(5)) } catch { return }
        }
    }

    private func attempt(_ name: String, _ work: () async throws -> Void) async {
        do { try await work() } catch is CancellationError { /* the stop that was waited for */  } catch {
            logger.error("\(name) failed, it is tried again in five seconds: \(error)")
        }
    }
}
