import HiveAPI

extension RESTInterface {
    static func peerRoutes(_ services: NodeServices) -> [Route] {
        let peers = services.peers
        return [
            Route(
                method: "GET", template: "/api/v1/peers",
                about: .init("listPeers", "The nodes that this one knows.", .agent),
                input: .nothing, output: .json(Page<Peer>.self)
            ) { call in .json(try await peers.peers(as: call.caller).json) },
            Route(
                method: "POST", template: "/api/v1/peers/invite",
                about: .init("invitePeer", "A line that admits one more node.", .operator),
                input: .body(InvitePeer.self), output: .json(Invitation.self, 201)
            ) { call in
                let request = try call.body(as: InvitePeer.self)
                return .json(try await peers.invite(request, as: call.caller).json, status: 201)
            },
            Route(
                method: "POST", template: "/api/v1/peers/join",
                about: .init("joinHive", "Join the hive that a line invites to.", .operator),
                input: .body(JoinHive.self), output: .json(JoinAnswer.self)
            ) { call in .json(try await peers.join(try call.body(as: JoinHive.self), as: call.caller).json) },
            Route(
                method: "POST", template: "/api/v1/peers/{node}/retire",
                about: .init("retirePeer", "Wait for a node no more, or again, before anything is sealed.", .operator),
                input: .body(RetirePeer.self), output: .json(RetirementAnswer.self)
            ) { call in
                let request = try call.body(as: RetirePeer.self)
                return .json(try await peers.retire(call.id, request, as: call.caller).json)
            },
        ] + syncRoutes(peers)
    }

    private static func syncRoutes(_ peers: any PeerService) -> [Route] {
        let syncNow: @Sendable (RouteCall) async throws -> HTTPReply = { call in
            _ = try call.body(as: Switch.Nothing.self)
            return .json(try await peers.syncNow(as: call.caller).json)
        }
        return [
            Route(
                method: "POST", template: "/api/sync", about: .init("sync", "Synchronise with all peers now.", .agent),
                input: .body(Switch.Nothing.self), output: .json(SyncReport.self), handle: syncNow),
            Route(
                method: "POST", template: "/api/trigger-sync",
                about: .init("triggerSync", "The same as /api/sync.", .agent),
                input: .body(Switch.Nothing.self), output: .json(SyncReport.self), handle: syncNow),
            Route(
                method: "GET", template: "/api/v1/sync/status",
                about: .init("syncStatus", "How far this node and its peers are apart.", .agent),
                input: .nothing, output: .json(SyncStatus.self)
            ) { call in .json(try await peers.syncStatus(as: call.caller).json) },
            Route(
                method: "GET", template: "/api/v1/sync/history",
                about: .init("syncHistory", "The last synchronisations.", .agent),
                input: .nothing, output: .json(Page<SyncEvent>.self)
            ) { call in .json(try await peers.syncHistory(as: call.caller).json) },
        ]
    }
}
