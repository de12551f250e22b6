import HiveAPI

/// A node without forks.
extension InMemoryNode: ForkService {
    func forks(as caller: Caller) async throws -> Page<ForkReport> {
        note("forks", caller)
        return Page(items: [])
    }

    func fork(_ id: String, as caller: Caller) async throws -> ForkReport {
        note("fork", caller)
        throw HiveError(.notFound, "there is no fork `\(id)`")
    }

    func resolve(fork id: String, with request: ResolveFork, as caller: Caller) async throws -> ForkReport {
        note("resolve fork", caller)
        throw HiveError(.notFound, "there is no fork `\(id)`")
    }
}
