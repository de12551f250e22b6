extension Simulation.Plan {
    /// The smallest plan found that still fails, with how it fails: faults are dropped one by one, then steps are halved,
    /// then nodes go. Takes as many runs as there are faults, and some more. `run` throws where a plan fails.
    public static func shrink(
        _ failing: Simulation.Plan, failure: any Error, run: (Simulation.Plan) throws -> Void
    ) -> (plan: Simulation.Plan, failure: any Error) {
        var smallest = (plan: failing, failure: failure)
        var isSmaller = true
        while isSmaller {
            isSmaller = false
            for plan in smallest.plan.smaller {
                do { try run(plan) } catch {
                    smallest = (plan, error)
                    isSmaller = true
                    break
                }
            }
        }
        return smallest
    }

    /// Plans with a little less in them.
    private var smaller: [Simulation.Plan] {
        var plans = faults.sorted().map { fault in
            var plan = self
            plan.faults.remove(fault)
            return plan
        }
        if steps > 1 {
            var plan = self
            plan.steps = steps / 2
            plans.append(plan)
        }
        if nodes > 2 {
            var plan = self
            plan.nodes -= 1
            plans.append(plan)
        }
        return plans
    }
}
