import HiveAPI

extension RESTInterface {
    static func dashboardRoutes(_ sessions: DashboardSessions?) -> [Route] {
        pageRoutes() + sessionRoutes(sessions)
    }

    private static func pageRoutes() -> [Route] {
        [
            Route(
                method: "GET", template: "/", about: .init("dashboard", "The dashboard.", .open),
                input: Route.Input(headers: ["If-None-Match"]),
                output: .text(DashboardPages.all.index.type).orEmpty(304)
            ) { call in page(DashboardPages.all.index, caching: "no-cache", call.http) },
            Route(
                method: "GET", template: "/dashboard/{version}/{file}",
                about: .init("dashboardFile", "A part of the dashboard.", .open),
                input: Route.Input(headers: ["If-None-Match"]), output: .text("text/javascript").orEmpty(304)
            ) { call in
                guard call.parameters.first == DashboardPages.all.version,
                    let found = call.parameters.last.flatMap({ DashboardPages.all.pages[$0] })
                else {
                    throw HiveError(
                        .notFound, "the dashboard has no such file",
                        hint: "load the page again: the node has another version now")
                }
                return page(found, caching: "public, max-age=31536000, immutable", call.http)
            },
        ]
    }

    private static func page(_ page: DashboardPages.Page, caching: String, _ call: HTTPCall) -> HTTPReply {
        let headers = DashboardPages.headers + [("Cache-Control", caching), ("ETag", page.tag)]
        let known = (call.header("if-none-match") ?? "").split { $0 == "," || $0 == " " }
        guard !known.contains(where: { $0 == page.tag || $0 == "W/" + page.tag }) else {
            return HTTPReply(status: 304, headers: headers)
        }
        return HTTPReply(status: 200, headers: [("Content-Type", page.type)] + headers, body: page.bytes)
    }

    private static func sessionRoutes(_ sessions: DashboardSessions?) -> [Route] {
        [
            Route(
                method: "POST", template: "/api/v1/dashboard/links",
                about: .init("linkDashboard", "A link into the dashboard that works once.", .agent),
                input: .body(Switch.Nothing.self), output: .json(DashboardLink.self, 201)
            ) { call in
                _ = try call.body(as: Switch.Nothing.self)
                let sessions = try require(sessions)
                guard let token = call.http.bearerToken, sessions.credential(behind: token) == nil else {
                    throw HiveError(
                        .forbidden, "a browser's session admits nobody else", hint: "run `hivectl dashboard`")
                }
                return .json(sessions.link(for: token, role: call.caller.role).json, status: 201)
            },
            Route(
                method: "POST", template: "/api/v1/dashboard/sessions",
                about: .init("openDashboard", "Exchange the code of a link for a session.", .open),
                input: .body(OpenDashboard.self), output: .json(DashboardSession.self, 201)
            ) { call in
                let request = try call.body(as: OpenDashboard.self)
                return .json(try require(sessions).open(code: request.code).json, status: 201)
            },
            Route(
                method: "DELETE", template: "/api/v1/dashboard/sessions",
                about: .init("closeDashboard", "End the session whose token this is.", .agent),
                input: .nothing, output: .json(Switch.Nothing.self)
            ) { call in
                if let token = call.http.bearerToken { try require(sessions).end(token) }
                return .json([:])
            },
        ]
    }

    private static func require(_ sessions: DashboardSessions?) throws -> DashboardSessions {
        guard let sessions else { throw HiveError(.notSupported, "nobody signs in here by a link") }
        return sessions
    }
}
