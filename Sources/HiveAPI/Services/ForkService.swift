/// Seeing and settling logs with two histories.
public protocol ForkService: Sendable {
    func forks(as caller: Caller) async throws -> Page<ForkReport>
    func fork(_ id: String, as caller: Caller) async throws -> ForkReport
    func resolve(fork id: String, with request: ResolveFork, as caller: Caller) async throws -> ForkReport
}
