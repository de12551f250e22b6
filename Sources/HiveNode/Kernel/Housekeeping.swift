import Logging

/// What a node does for itself: every few seconds it drops the bytes of what was erased, re-issues what it brought along from
/// a hive that it left, and looks for contradictions; backups and consolidation, which take long, run beside that. What
/// fails is said and tried again; a full disk does not end the node.
struct Housekeeping {
    let node: Node
    let logger: Logger

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await repeatedly {
                    await attempt("purging what was erased") { try await node.purge() }
                    await attempt("re-issuing memories of the former hive") { _ = try await node.reissue() }
                    await attempt("mending forked logs") { try await node.keepForks() }
                    await attempt("keeping tokens") { try await node.keepTokens() }
                    await attempt("keeping the journal of access") { try await node.anchorAccess() }
                    await attempt("looking for contradictions") { _ = try node.contradictions.all() }
                    await attempt("keeping tasks") { try await node.keepTasks() }
                    await attempt("taking expired messages away") {
                        try await Postman(node: node, logger: logger).prune()
                    }
                    await attempt("keeping when agents were last heard") { try await node.keepHeartbeats() }
                    await attempt("keeping the numbers of events") { try await node.announcer.keepNumber() }
                }
            }
            group.addTask {
                await repeatedly {
                    await attempt("keeping backups") { try await node.keepBackups() }
                    await attempt("removing mirrors that nobody needs") { try await node.mirroring?.removeOutdated() }
                    await attempt("checking the store") { try await node.scrubIfDue() }
                    await attempt("keeping seals") { try await node.keepSeals() }
                }
            }
            group.addTask {
                await repeatedly { await attempt("consolidating memories") { try await node.consolidateIfDue() } }
            }
            // Handlers of embedders may take their time.
            group.addTask {
                await repeatedly { await attempt("settling conflicts") { try await node.keepConflicts() } }
            }
        }
    }

    private func repeatedly(_ work: () async -> Void) async {
        while !Task.isCancelled {
            await work()
            do { try await Task.sleep(for: .seconds(5)) } catch { return }
        }
    }

    private func attempt(_ name: String, _ work: () async throws -> Void) async {
        do { try await work() } catch is CancellationError { /* the stop that was waited for */  } catch {
            logger.error("\(name) failed, it is tried again in five seconds: \(error)")
        }
    }
}
