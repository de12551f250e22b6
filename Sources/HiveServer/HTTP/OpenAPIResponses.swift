import HiveAPI

/// What routes answer, for the OpenAPI document.
enum OpenAPIResponses {
    static func of(_ route: Route) -> JSONValue {
        let schema: JSONValue = route.output.body.map { OpenAPIDocument.reference($0.name) } ?? [:]
        var responses: [String: JSONValue] = ["default": ["$ref": "#/components/responses/Problem"]]
        for status in failures(of: route) {
            responses[String(status)] = ["$ref": .string("#/components/responses/Problem\(status)")]
        }
        for status in route.output.statuses {
            var response = content(route.output.type, schema, "Done.").object ?? [:]
            response["headers"] = headers(of: route, status: status)
            responses[String(status)] = .object(response)
        }
        for status in route.output.emptyStatuses { responses[String(status)] = ["description": "Nothing to send."] }
        if !route.isWrite, !route.output.statuses.isEmpty {
            responses["304"] = ["description": "What the caller has is what there is."]
        }
        return .object(responses)
    }

    /// The statuses of errors that a route may answer by what it takes.
    private static func failures(of route: Route) -> [Int] {
        var statuses = [400, 403, 429]
        if route.about.access != .open { statuses.append(401) }
        if !route.parameterNames.isEmpty { statuses += [404, 409, 410] }
        if route.input.body != nil || route.input.takesAnyBody { statuses += [413, 415] }
        if route.input.headers.contains("If-Match") { statuses.append(412) }
        if route.isWrite { statuses += [404, 409, 410, 422, 507] }
        return Array(Set(statuses)).sorted()
    }

    private static func headers(of route: Route, status: Int) -> JSONValue? {
        let text: JSONValue = ["type": "string"]
        if route.isWrite {
            var headers: [String: JSONValue] = [
                "Idempotency-Replayed": [
                    "description": "`true` where the request was made before under its idempotency key.",
                    "schema": text,
                ]
            ]
            if status == 201 { headers["Location"] = ["description": "Where the new thing is.", "schema": text] }
            return .object(headers)
        }
        guard status == 200, route.output.type != "text/event-stream" else { return nil }
        return ["ETag": ["description": "For `If-None-Match`; a strong one also for `If-Match`.", "schema": text]]
    }

    private static func content(_ type: String, _ schema: JSONValue, _ description: String) -> JSONValue {
        let name = String(type.prefix { $0 != ";" })
        return ["description": .string(description), "content": [name: ["schema": schema]]]
    }

    /// The answers that routes refer to.
    static var components: [String: JSONValue] {
        var components = [
            "Problem": content("application/problem+json", OpenAPIDocument.reference("Problem"), "What went wrong.")
        ]
        for (status, meaning) in meanings {
            components["Problem\(status)"] = content(
                "application/problem+json", OpenAPIDocument.reference("Problem"), meaning)
        }
        return components
    }

    private static let meanings: [Int: String] = [
        400: "The request makes no sense; `detail` and `hint` say what to change. Nothing was done.",
        401: "There is no token, or one that is not known here.",
        403: "The token allows too little, or the request comes from another page or for another host.",
        404: "There is no such thing here, or it was forgotten or has expired: `code` tells which.",
        409: "What is asked for does not go with how things stand; or an id may mean several things.",
        410: "It was erased.",
        412: "It has changed since it was read.",
        413: "The request is too large.",
        415: "The body is no JSON in UTF-8.",
        422: "The rule is wrong, or the idempotency key was used for another request.",
        429: "Too many requests; `Retry-After` says when to go on.",
        507: "The disk is full. Reading goes on.",
    ]

    static let problem: JSONValue = [
        "type": "object", "required": ["type", "title", "status", "detail", "code"],
        "properties": [
            "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
            "detail": ["type": "string"], "code": ["type": "string"], "hint": ["type": "string"],
        ],
        "example": [
            "type": "about:blank", "title": "Not Found", "status": 404, "code": "not_found",
            "detail": "there is no memory `3f2a`", "hint": "search for it",
        ],
    ]
}
