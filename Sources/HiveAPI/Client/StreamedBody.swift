import AsyncHTTPClient
import NIOCore

/// The body of an answer, piece by piece. Throws `unreachable` where it breaks off.
struct StreamedBody: AsyncSequence, Sendable {
    let body: HTTPClientResponse.Body
    let url: String

    func makeAsyncIterator() -> Iterator { Iterator(pieces: body.makeAsyncIterator(), url: url) }

    struct Iterator: AsyncIteratorProtocol {
        var pieces: HTTPClientResponse.Body.AsyncIterator
        let url: String

        mutating func next() async throws -> [UInt8]? {
            do { return try await pieces.next().map { Array($0.readableBytesView) } } catch {
                throw HiveError(
                    .unreachable, "the answer of the node at \(url) broke off", hint: "see its log, and try again")
            }
        }
    }
}
