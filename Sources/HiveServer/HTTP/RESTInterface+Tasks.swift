import HiveAPI

extension RESTInterface {
    static func taskRoutes(_ tasks: any TaskService) -> [Route] {
        [
            Route(
                method: "POST", template: "/api/v1/tasks",
                about: .init("delegateTask", "Delegate a task to a named or the most suitable agent.", .agent),
                input: .body(DelegateTask.self, headers: ["Idempotency-Key"]), output: .json(TaskRecord.self, 201)
            ) { call in
                var request = try call.body(as: DelegateTask.self)
                request.idempotencyKey = try call.idempotencyKey() ?? request.idempotencyKey
                try request.checkLimits()
                let task = try await tasks.delegate(request, as: call.caller)
                return .json(
                    task.json, status: 201, headers: [etag(task.version), ("Location", "/api/v1/tasks/\(task.id)")])
            },
            Route(
                method: "GET", template: "/api/v1/tasks",
                about: .init(
                    "listTasks", "Tasks, those to be done first and the most important before the others.", .agent),
                input: .query(TaskQuery.self), output: .json(Page<TaskRecord>.self)
            ) { call in
                let query = try call.query(as: TaskQuery.self)
                try query.checkLimits()
                return .json(try await tasks.tasks(query, as: call.caller).json)
            },
            Route(
                method: "GET", template: "/api/v1/tasks/{id}",
                about: .init("getTask", "One task with its history.", .agent), input: .nothing,
                output: .json(TaskRecord.self)
            ) { call in answer(try await tasks.task(call.id, as: call.caller)) },
            Route(
                method: "POST", template: "/api/v1/tasks/{id}/cancel",
                about: .init("cancelTask", "Take a task back.", .agent), input: .body(CancelTask.self),
                output: .json(TaskRecord.self)
            ) { call in
                let request = try call.body(as: CancelTask.self)
                try request.checkLimits()
                return answer(try await tasks.cancelTask(call.id, with: request, as: call.caller))
            },
            Route(
                method: "POST", template: "/api/v1/tasks/{id}/adopt",
                about: .init(
                    "adoptTask", "Make this node the home of a task whose home will not come back.", .operator),
                input: .nothing, output: .json(TaskRecord.self)
            ) { call in answer(try await tasks.adoptTask(call.id, as: call.caller)) },
        ]
    }

    static func taskWorkRoutes(_ tasks: any TaskWorkService) -> [Route] {
        [
            Route(
                method: "POST", template: "/api/v1/tasks/{id}/claim",
                about: .init("claimTask", "Ask a task's home for it; 202 where the home has not answered yet.", .agent),
                input: .body(ClaimTask.self), output: .json(ClaimAnswer.self, 200, 202)
            ) { call in
                let request = try call.body(as: ClaimTask.self)
                try request.checkLimits()
                let claimed = try await tasks.claimTask(call.id, with: request, as: call.caller)
                return .json(
                    claimed.json, status: claimed.claim.state == "granted" ? 200 : 202,
                    headers: [etag(claimed.task.version)])
            },
            Route(
                method: "POST", template: "/api/v1/tasks/{id}/progress",
                about: .init("reportTaskProgress", "Say how far a task is. Renews the lease.", .agent),
                input: .body(ReportProgress.self), output: .json(TaskRecord.self)
            ) { call in
                let request = try call.body(as: ReportProgress.self)
                try request.checkLimits()
                return answer(try await tasks.reportProgress(call.id, with: request, as: call.caller))
            },
            Route(
                method: "POST", template: "/api/v1/tasks/{id}/complete",
                about: .init("completeTask", "Hand in the result of a task.", .agent),
                input: .body(CompleteTask.self), output: .json(TaskRecord.self, 200, 202)
            ) { call in
                let request = try call.body(as: CompleteTask.self)
                try request.checkLimits()
                return settled(try await tasks.completeTask(call.id, with: request, as: call.caller))
            },
            Route(
                method: "POST", template: "/api/v1/tasks/{id}/fail",
                about: .init("failTask", "Say that a task could not be done.", .agent), input: .body(FailTask.self),
                output: .json(TaskRecord.self, 200, 202)
            ) { call in
                let request = try call.body(as: FailTask.self)
                try request.checkLimits()
                return settled(try await tasks.failTask(call.id, with: request, as: call.caller))
            },
        ]
    }

    private static func answer(_ task: TaskRecord) -> HTTPReply { .json(task.json, headers: [etag(task.version)]) }

    /// 202 where the home has not answered yet.
    private static func settled(_ task: TaskRecord) -> HTTPReply {
        let isWaiting = task.history.contains { $0.standing == "pending" && ["success", "failure"].contains($0.act) }
        return .json(task.json, status: isWaiting ? 202 : 200, headers: [etag(task.version)])
    }
}
