import HiveAPI
import HiveCore
import Synchronization

/// Browsers that were let in by a link. Nothing is written down: with the process all sessions end.
///
/// A session stands for the token that its link was made with. What that token may, until when, and whether it still is
/// known is asked anew with every request, so a token that is revoked takes its sessions along.
final class DashboardSessions: Sendable {
    /// Milliseconds for which a link waits to be opened.
    static let linkLifetime: Int64 = 5 * 60 * 1000
    /// Milliseconds for which a browser stays signed in.
    static let sessionLifetime: Int64 = 12 * 3600 * 1000
    /// How many links, and how many sessions, each token may have at once; its oldest makes room.
    static let most = 16

    private struct Entry {
        /// Of the code or of the session's token.
        let hash: Digest
        let credential: String
        let role: Caller.Role
        let end: Timestamp
        /// Those who wait for its end.
        var waiting: [Int: AsyncStream<Void>.Continuation] = [:]
    }

    private struct State {
        var lastWaiter = 0
        var links: [Entry] = []
        var sessions: [Entry] = []
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> Timestamp
    private let secret: @Sendable () -> String

    /// - Parameter secret: makes something that nobody can guess.
    init(now: @escaping @Sendable () -> Timestamp, secret: @escaping @Sendable () -> String = RandomSecret.make) {
        self.now = now
        self.secret = secret
    }

    /// A link for whoever holds this token.
    func link(for credential: String, role: Caller.Role) -> DashboardLink {
        let code = secret()
        let entry = entry(code, credential, role, lifetime: Self.linkLifetime)
        state.withLock { Self.add(entry, to: &$0.links, now: now()) }
        return DashboardLink(code: code, expiresAt: entry.end.rfc3339, role: role.rawValue)
    }

    /// The session that a code opens, once. Throws `unauthenticated` for any other.
    func open(code: String) throws -> DashboardSession {
        let hash = TokenAuthority.hash(of: code)
        let link = state.withLock { state -> Entry? in
            guard let place = state.links.firstIndex(where: { $0.hash == hash }) else { return nil }
            return state.links.remove(at: place)
        }
        guard let link, now() < link.end else {
            throw HiveError(
                .unauthenticated, "this link was used before or is too old",
                hint: "`hivectl dashboard` prints a new one")
        }
        let token = secret()
        let session = entry(token, link.credential, link.role, lifetime: Self.sessionLifetime)
        state.withLock { Self.add(session, to: &$0.sessions, now: now()) }
        return DashboardSession(token: token, expiresAt: session.end.rfc3339, role: link.role.rawValue)
    }

    /// The token that a session stands for; nil for what is no session's token or ended.
    func credential(behind token: String) -> String? {
        let hash = TokenAuthority.hash(of: token)
        let now = now()
        return state.withLock { state in state.sessions.first { $0.hash == hash && now < $0.end }?.credential }
    }

    /// Ends a session, if there is one.
    func end(_ token: String) {
        let hash = TokenAuthority.hash(of: token)
        state.withLock { state in Self.remove(from: &state.sessions) { $0.hash == hash } }
    }

    /// Returns when a session has ended, or the task is cancelled. False, and at once, for what is no session's token.
    func end(of token: String) async -> Bool {
        let hash = TokenAuthority.hash(of: token)
        let (signs, sign) = AsyncStream.makeStream(of: Void.self)
        let now = now()
        let found = state.withLock { state -> (number: Int, left: Int64)? in
            guard let place = state.sessions.firstIndex(where: { $0.hash == hash }) else { return nil }
            state.lastWaiter += 1
            state.sessions[place].waiting[state.lastWaiter] = sign
            return (state.lastWaiter, state.sessions[place].end.milliseconds - now.milliseconds)
        }
        guard let found else { return false }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in signs {} }
            group.addTask {
                do { try await Task.sleep(for: .milliseconds(max(found.left, 0))) } catch { /* called off */  }
            }
            await group.next()
            group.cancelAll()
        }
        state.withLock { state in
            guard let place = state.sessions.firstIndex(where: { $0.hash == hash }) else { return }
            state.sessions[place].waiting[found.number] = nil
        }
        return true
    }

    private func entry(_ secret: String, _ credential: String, _ role: Caller.Role, lifetime: Int64) -> Entry {
        Entry(
            hash: TokenAuthority.hash(of: secret), credential: credential, role: role,
            end: Timestamp(milliseconds: now().milliseconds + lifetime))
    }

    private static func add(_ entry: Entry, to entries: inout [Entry], now: Timestamp) {
        remove(from: &entries) { $0.end <= now }
        let own = entries.filter { $0.credential == entry.credential }
        if own.count >= most, let oldest = own.first { remove(from: &entries) { $0.hash == oldest.hash } }
        entries.append(entry)
    }

    private static func remove(from entries: inout [Entry], where goes: (Entry) -> Bool) {
        for entry in entries where goes(entry) { for sign in entry.waiting.values { sign.finish() } }
        entries.removeAll(where: goes)
    }
}
