import Foundation

/// Looks at what a server answers before anybody believes it, and says in plain words what is wrong with it.
struct AnswerCheck {
    let settings: RemoteModelSettings

    private var server: String { "the model server at \(settings.url)" }

    /// The body of an answer that says all is well.
    func body(of answer: HTTPPost.Answer) throws(RemoteModelError) -> [UInt8] {
        guard (200..<300).contains(answer.status) else { throw refusal(answer) }
        if isPage(answer) {
            throw RemoteModelError(
                .badAnswer, "\(server) answered with an HTML page",
                hint: "check the url: is there a proxy or a login before the server?")
        }
        return answer.body
    }

    /// Decodes an answer. Throws `bad_answer`, or `unusable_vector` where numbers are written that JSON does not have.
    func decode<Value: Decodable>(_ type: Value.Type, from body: [UInt8]) throws(RemoteModelError) -> Value {
        do { return try JSONDecoder().decode(type, from: Data(body)) } catch {
            if let said = words(in: body) {
                throw RemoteModelError(.badAnswer, "\(server) answered: \(said)", hint: "see its log")
            }
            if ["NaN", "Infinity"].contains(where: { body.firstRange(of: Array($0.utf8)) != nil }) {
                throw unusable("components that are no numbers")
            }
            if case DecodingError.dataCorrupted = error {
                throw wrong("something that is no JSON, or holds numbers that are too large")
            }
            throw wrong("JSON that the API does not describe")
        }
    }

    func wrong(_ what: String) -> RemoteModelError {
        RemoteModelError(
            .badAnswer, "\(server) answered with \(what)",
            hint: "check url and provider: does it speak the API of `\(settings.provider.rawValue)`?")
    }

    func unusable(_ what: String) -> RemoteModelError {
        RemoteModelError(
            .unusable, "the model `\(settings.model)` at \(settings.url) answered with \(what)",
            hint: "see the server's log, or choose another model")
    }

    /// What a failed call means.
    func explained(_ error: any Error, timeout: Duration) -> RemoteModelError {
        switch error {
        case let error as RemoteModelError: return error
        case HTTPPost.Failure.timedOut:
            return RemoteModelError(
                .timedOut, "\(server) did not answer within \(timeout)",
                hint: "is it overloaded? A longer timeout may help")
        case HTTPPost.Failure.tooLarge:
            return wrong("more than \(settings.largestAnswer) bytes")
        case HTTPPost.Failure.broken(let what):
            return RemoteModelError(
                .unreachable, "\(server) cannot be reached (\(shown(what)))",
                hint: "is it running, and is the url right?")
        default: return RemoteModelError(.badAnswer, "\(server) failed: \(shown("\(error)"))", hint: "see its log")
        }
    }

    private func refusal(_ answer: HTTPPost.Answer) -> RemoteModelError {
        let said = words(in: answer.body).map { ": \($0)" } ?? (isPage(answer) ? ", with an HTML page" : "")
        let status = "(status \(answer.status)\(said))"
        switch answer.status {
        case 300..<400:
            return RemoteModelError(
                .badAnswer, "\(server) sends its callers elsewhere \(status)",
                hint: "configure the address that it names: nobody is followed with a key")
        case 401, 402, 403, 407:
            return RemoteModelError(
                .unauthorized, "\(server) does not let this node in \(status)", hint: "check its key, in key-file")
        case 404, 405, 410:
            let hint =
                settings.provider == .ollama
                ? "run `ollama pull \(settings.model)`, or check the url" : "check url and model"
            return RemoteModelError(.notFound, "\(server) has no model `\(settings.model)` there \(status)", hint: hint)
        case 408:
            return RemoteModelError(.timedOut, "\(server) did not get the call in time \(status)", hint: "see its log")
        case 429, 503:
            return RemoteModelError(
                .overloaded, "\(server) has too much to do \(status)", hint: "it is asked again later",
                retryAfter: answer.retryAfter)
        case 500...: return RemoteModelError(.failed, "\(server) failed \(status)", hint: "see its log")
        default:
            return RemoteModelError(
                .refused, "\(server) does not take what it was sent \(status)",
                hint: "check model and dimensions, or choose a smaller batch")
        }
    }

    private func isPage(_ answer: HTTPPost.Answer) -> Bool {
        answer.contentType.lowercased().contains("html")
            || answer.body.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "<")
    }

    /// What a server says of an error, in either API.
    private func words(in body: [UInt8]) -> String? {
        struct Complaint: Decodable {
            struct Detail: Decodable { let message: String? }
            let text: String?

            private enum CodingKeys: CodingKey { case error, message, detail }

            init(from decoder: any Decoder) throws {
                let fields = try decoder.container(keyedBy: CodingKeys.self)
                let keys = [CodingKeys.error, .message, .detail]
                let plain = keys.compactMap { try? fields.decode(String.self, forKey: $0) }
                text = try plain.first ?? fields.decodeIfPresent(Detail.self, forKey: .error)?.message
            }
        }
        guard body.count < 1 << 16, let found = try? JSONDecoder().decode(Complaint.self, from: Data(body)).text else {
            return nil
        }
        return shown(found)
    }

    /// A text of a stranger, fit for one line of a log: short, and without the key.
    private func shown(_ text: String) -> String {
        let hidden = settings.key?.hidden(in: text) ?? text
        return String(hidden.prefix(200).map { $0.unicodeScalars.contains { $0.value < 0x20 } ? " " : $0 })
    }
}
