import Foundation

/// How a request for a chat bounds its answer: by the fields that most servers know, or by those of models that think.
enum ChatForm { case common, thinking }

/// How either API takes a prompt and gives an answer, as it is published.
extension RemoteModelSettings {
    private static let mostTokens = 800

    func chatBody(_ prompt: SummaryPrompt, form: ChatForm) throws -> [UInt8] {
        let messages = [
            ChatMessage(role: "system", content: prompt.system), ChatMessage(role: "user", content: prompt.user),
        ]
        switch provider {
        case .openai:
            var request = OpenAIChat(model: model, messages: messages)
            switch form {
            case .common: (request.max_tokens, request.temperature) = (Self.mostTokens, 0)
            case .thinking: request.max_completion_tokens = 4 * Self.mostTokens
            }
            return Array(try JSONEncoder().encode(request))
        case .ollama:
            let options = OllamaChat.Options(num_predict: Self.mostTokens, temperature: 0)
            return Array(try JSONEncoder().encode(OllamaChat(model: model, messages: messages, options: options)))
        }
    }

    func chatText(in body: [UInt8]) throws(RemoteModelError) -> String {
        let check = AnswerCheck(settings: self)
        switch provider {
        case .openai:
            let choices = try check.decode(OpenAIChatAnswer.self, from: body).choices
            guard let text = choices.first?.message.content else { throw check.wrong("no text") }
            return text
        case .ollama: return try check.decode(OllamaChatAnswer.self, from: body).message.content
        }
    }
}

private struct ChatMessage: Encodable {
    let role: String
    let content: String
}

private struct OpenAIChat: Encodable {
    let model: String
    let messages: [ChatMessage]
    let stream = false
    var max_tokens: Int?
    var max_completion_tokens: Int?
    var temperature: Double?
}

private struct OpenAIChatAnswer: Decodable {
    struct Choice: Decodable { let message: Message }
    struct Message: Decodable { let content: String? }
    let choices: [Choice]
}

private struct OllamaChat: Encodable {
    struct Options: Encodable {
        let num_predict: Int
        let temperature: Double
    }
    let model: String
    let messages: [ChatMessage]
    let stream = false
    let options: Options
}

private struct OllamaChatAnswer: Decodable {
    struct Message: Decodable { let content: String }
    let message: Message
}
