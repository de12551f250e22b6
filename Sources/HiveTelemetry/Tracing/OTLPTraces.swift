import HiveAPI
import Tracing

/// Spans as an OTLP request in JSON: `ExportTraceServiceRequest` of OpenTelemetry's protocol, version 1. Unlike elsewhere
/// in proto3's JSON, ids are hexadecimal; enumerations are numbers, 64-bit integers texts.
enum OTLPTraces {
    static func request(_ spans: [FinishedSpan], resource: [String: String]) -> JSONValue {
        let attributes = resource.sorted { $0.key < $1.key }.map {
            attribute($0.key, ["stringValue": .string($0.value)])
        }
        let scope: JSONValue = ["name": "hive", "version": .string(resource["service.version"] ?? "")]
        return [
            "resourceSpans": [
                [
                    "resource": ["attributes": .array(attributes)],
                    "scopeSpans": [["scope": scope, "spans": .array(spans.map(json))]],
                ]
            ]
        ]
    }

    private static func json(_ span: FinishedSpan) -> JSONValue {
        var fields: [String: JSONValue] = [
            "traceId": .string(span.identity.traceText), "spanId": .string(span.identity.spanText),
            "name": .string(span.name), "kind": .integer(kind(span.kind)),
            "startTimeUnixNano": .string(String(span.start)), "endTimeUnixNano": .string(String(span.end)),
            "flags": .integer(1),
        ]
        if let parent = span.parent {
            fields["parentSpanId"] = TraceContext(trace: span.identity.trace, span: parent, isSampled: true)
                .map { .string($0.spanText) }
        }
        let values = attributes(span.attributes.values)
        if !values.isEmpty { fields["attributes"] = .array(values) }
        if !span.events.isEmpty { fields["events"] = .array(span.events.map(json)) }
        if !span.links.isEmpty {
            fields["links"] = .array(
                span.links.map { ["traceId": .string($0.traceText), "spanId": .string($0.spanText)] })
        }
        if let status = span.status { fields["status"] = ["code": .integer(status.code == .ok ? 1 : 2)] }
        return .object(fields)
    }

    private static func json(_ event: FinishedSpan.Event) -> JSONValue {
        [
            "name": .string(event.name), "timeUnixNano": .string(String(event.nanoseconds)),
            "attributes": .array(attributes(event.attributes)),
        ]
    }

    private static func kind(_ kind: SpanKind) -> Int64 {
        switch kind {
        case .internal: 1
        case .server: 2
        case .client: 3
        case .producer: 4
        case .consumer: 5
        }
    }

    private static func attributes(_ values: [String: SpanAttribute]) -> [JSONValue] {
        values.sorted { $0.key < $1.key }.map { attribute($0.key, value($0.value)) }
    }

    private static func attribute(_ key: String, _ value: JSONValue) -> JSONValue {
        ["key": .string(key), "value": value]
    }

    private static func value(_ attribute: SpanAttribute) -> JSONValue {
        switch attribute {
        case .bool(let value): ["boolValue": .bool(value)]
        case .int32(let value): ["intValue": .string(String(value))]
        case .int64(let value): ["intValue": .string(String(value))]
        case .double(let value): ["doubleValue": .number(value)]
        case .string(let value): ["stringValue": .string(value)]
        case .stringConvertible(let value): ["stringValue": .string("\(value)")]
        case .boolArray(let values): list(values.map { ["boolValue": .bool($0)] })
        case .int32Array(let values): list(values.map { ["intValue": .string(String($0))] })
        case .int64Array(let values): list(values.map { ["intValue": .string(String($0))] })
        case .doubleArray(let values): list(values.map { ["doubleValue": .number($0)] })
        case .stringArray(let values): list(values.map { ["stringValue": .string($0)] })
        case .stringConvertibleArray(let values): list(values.map { ["stringValue": .string("\($0)")] })
        default: [:]
        }
    }

    private static func list(_ values: [JSONValue]) -> JSONValue { ["arrayValue": ["values": .array(values)]] }
}
