/// What a node can have done about the keys of its store, where that is encrypted.
public protocol StoreKeys: Sendable {
    /// `aes-256-gcm`.
    var cipher: String { get }
    /// Where the provider keeps its keys, for people, and which one is the current one.
    func provider() async -> (place: String, currentKey: Result<String, any Error>)
    /// The store's own keys, the newest last.
    func dataKeys() throws -> [(number: Int, wrappedWith: String, seals: Int)]
    /// Puts a new data key in force, with all of them wrapped by the provider's current key.
    func change() async throws
    /// Seals the next rows with the newest data key. Says how far it is; nil once nothing else is in use.
    func resealNext() throws -> (done: Int, total: Int)?
    /// A line of a journal as it was before it was sealed.
    func open(line: String) throws -> String
}
