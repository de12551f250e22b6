import HTTPTypes
import HiveAPI
import Hummingbird
import Tracing

/// Reads the trace that a caller's request belongs to.
struct RequestTracing: Extractor {
    func extract(key: String, from carrier: HTTPFields) -> String? {
        HTTPField.Name(key).flatMap { carrier[$0] }
    }

    /// What the answering of a request happens in.
    static func context(of request: Request, id: String) -> ServiceContext {
        var context = ServiceContext.topLevel
        InstrumentationSystem.instrument.extract(request.headers, into: &context, using: RequestTracing())
        context.request = id
        return context
    }
}
