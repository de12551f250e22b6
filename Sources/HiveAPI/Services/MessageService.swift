/// What agents say to each other. A message is written to a log and replicates: whom it is for need not be there.
public protocol MessageService: Sendable {
    /// Throws `denied` where the law does not let it be sent.
    func send(_ request: SendMessage, as caller: Caller) async throws -> MessageRecord
    /// Sends a question and waits for its answer. That nobody answered in time is an answer and no error.
    func ask(_ request: AskAgent, as caller: Caller) async throws -> AskAnswer
    /// The most urgent first, then the newest. Reading marks nothing.
    func messages(_ query: MessageQuery, as caller: Caller) async throws -> Page<MessageRecord>
    func message(_ id: String, as caller: Caller) async throws -> MessageRecord
    /// Says that messages of an inbox were read.
    func mark(_ request: MarkMessages, as caller: Caller) async throws -> MarkAnswer
    /// Keeps what was found out as a memory, and tells whom it is for.
    func share(_ discovery: ShareDiscovery, as caller: Caller) async throws -> DiscoveryAnswer
}
