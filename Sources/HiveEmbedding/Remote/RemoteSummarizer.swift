public import HiveCore

/// A language model on a server that writes one text for several: one that speaks the OpenAI API for chats, or Ollama.
///
/// The texts are data to it, whatever they ask for; what it answers is bounded in length.
public struct RemoteSummarizer: Summarizer {
    private let remote: RemoteModelServer
    private var settings: RemoteModelSettings { remote.settings }

    public init(_ settings: RemoteModelSettings, surroundings: CallSurroundings = .real) {
        remote = RemoteModelServer(settings: settings, purposes: [.summaries], surroundings: surroundings)
    }

    public var name: String { "\(settings.provider.rawValue)/\(settings.model)" }

    public var server: ModelServerReport? { remote.report }

    /// Throws a `RemoteModelError`; of no texts there is no summary.
    public func summary(of texts: [String]) async throws -> String {
        let prompt = SummaryPrompt(texts: texts)
        guard !prompt.isEmpty else {
            throw RemoteModelError(.refused, "there is nothing to summarise", hint: "give at least one text with words")
        }
        do { return try await ask(prompt, form: .common) } catch let error as RemoteModelError {
            // Models that think before they answer take neither `max_tokens` nor a temperature.
            guard error.code == .refused, settings.provider == .openai else { throw error }
            return try await ask(prompt, form: .thinking)
        }
    }

    private func ask(_ prompt: SummaryPrompt, form: ChatForm) async throws -> String {
        var call = RemoteModelServer.Call(
            purpose: .summaries, path: settings.provider.chat, body: try settings.chatBody(prompt, form: form),
            timeout: settings.timeout)
        call.schedule = RetrySchedule(attempts: 2)
        return try await remote.answer(call) { body in
            guard let summary = SummaryText.cleaned(try settings.chatText(in: body)) else {
                throw AnswerCheck(settings: settings).wrong("a summary without words")
            }
            return summary
        }
    }
}
