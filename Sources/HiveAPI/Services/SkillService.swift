/// How things are done, and how that fared.
public protocol SkillService: Sendable {
    func addSkill(_ request: AddSkill, as caller: Caller) async throws -> MemoryAnswer
    func refineSkill(_ id: String, with request: RefineSkill, as caller: Caller) async throws -> MemoryAnswer
    func useSkill(_ id: String, _ request: UseSkill, as caller: Caller) async throws -> MemoryAnswer
    func skills(_ query: SkillQuery, as caller: Caller) async throws -> Page<MemoryHit>
    /// Skills that similar successful episodes suggest; each is written once.
    func proposeSkills(_ request: ProposeSkills, as caller: Caller) async throws -> SkillProposals
}
