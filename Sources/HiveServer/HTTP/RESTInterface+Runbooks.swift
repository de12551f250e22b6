import HiveAPI

extension RESTInterface {
    static func runbookRoutes(_ services: NodeServices) -> [Route] {
        let records = services.records
        return [
            Route(
                method: "POST", template: "/api/v1/runbooks",
                about: .init("writeRunbook", "Keep a runbook: by its parts, as Markdown, or drafted.", .agent),
                input: .body(WriteRunbook.self), output: .json(RunbookRecord.self, 201)
            ) { call in
                let request = try call.body(as: WriteRunbook.self)
                try request.checkLimits()
                return answer(try await records.writeRunbook(request, as: call.caller), status: 201)
            },
            Route(
                method: "GET", template: "/api/v1/runbooks",
                about: .init("listRunbooks", "Search runbooks, or list the last changed.", .agent),
                input: .query(RunbookQuery.self), output: .json(Page<RunbookRecord>.self)
            ) { call in
                let query = try call.query(as: RunbookQuery.self)
                return .json(try await records.runbooks(query, as: call.caller).json)
            },
            Route(
                method: "GET", template: "/api/v1/runbooks/{id}", about: .init("getRunbook", "One runbook.", .agent),
                input: .nothing, output: .json(RunbookRecord.self)
            ) { call in answer(try await records.runbook(call.id, as: call.caller)) },
            Route(
                method: "PATCH", template: "/api/v1/runbooks/{id}",
                about: .init("updateRunbook", "Change the parts that are given; Markdown replaces all.", .agent),
                input: .body(WriteRunbook.self, headers: ["If-Match"]), output: .json(RunbookRecord.self)
            ) { call in
                var request = try call.body(as: WriteRunbook.self)
                if let version = try call.ifMatch() {
                    request.version = version
                    request.requireCurrent = true
                }
                try request.checkLimits()
                return answer(try await records.updateRunbook(call.id, with: request, as: call.caller))
            },
            Route(
                method: "GET", template: "/api/v1/runbooks/{id}/markdown",
                about: .init("renderRunbook", "A runbook as Markdown.", .agent),
                input: .nothing, output: .text("text/markdown; charset=utf-8")
            ) { call in
                let runbook = try await records.runbook(call.id, as: call.caller)
                return .text(runbook.markdown, type: "text/markdown; charset=utf-8", headers: [etag(runbook.version)])
            },
            Route(
                method: "POST", template: "/api/v1/runbooks/{id}/runs",
                about: .init("recordRun", "Say how it went to follow a runbook.", .agent),
                input: .body(RecordRun.self), output: .json(RunbookRecord.self)
            ) { call in
                let request = try call.body(as: RecordRun.self)
                try request.checkLimits()
                return answer(try await records.recordRun(call.id, with: request, as: call.caller))
            },
        ]
    }

    private static func answer(_ runbook: RunbookRecord, status: Int = 200) -> HTTPReply {
        let location = (name: "Location", value: "/api/v1/runbooks/\(runbook.id)")
        return .json(
            runbook.json, status: status, headers: [etag(runbook.version)] + (status == 201 ? [location] : []))
    }
}
