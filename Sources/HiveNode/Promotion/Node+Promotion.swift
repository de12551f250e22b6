public import HiveAPI
import HiveCore

extension Node: PromotionService {
    public func promote(_ id: String, _ request: PromoteMemory, as caller: Caller) async throws -> PromotionAnswer {
        try await naming {
            let agent = request.agent ?? caller.agent
            return try await kernel.write { context in
                try Promoter(id: id, request: request, agent: agent).run(in: &context)
            }
        }
    }
}

extension OperationHeader {
    /// Whether an operation made or renewed a copy, or says of a memory that it has one.
    var isPromotion: Bool {
        fields.contains { [.number(EngramField.promotions), .number(EngramField.promotionMark)].contains($0) }
    }
}
