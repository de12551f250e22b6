"""Whatever the command line does with a node, REST does too."""

import json
import subprocess

from conftest import BUILD

# What needs no node, or is a bridge to it.
OFFLINE = {
    "init", "cel eval", "mcp", "check", "restore", "keys new",
    "rules new", "rules packs", "rules lint", "rules fmt", "rules test", "rules eval", "rules explain", "rules index",
    "rules diff", "rules replay", "config show", "config check", "man",
}

# Which operations each of the others is made of.
OPERATIONS = {
    "status": ["status"], "verify": ["verify"],
    "memory add": ["storeMemory"], "memory get": ["getMemory"], "memory search": ["searchMemories"],
    "memory recent": ["searchMemories"], "memory list": ["searchMemories"], "memory update": ["updateMemory"],
    "memory verify": ["verifyMemory"], "memory contradict": ["contradictMemory"], "memory retract": ["retractMemory"],
    "memory used": ["useMemory"], "memory belief": ["getBelief"], "memory beliefs": ["listBeliefs"],
    "memory link": ["linkMemory"], "memory unlink": ["unlinkMemory"], "memory neighbours": ["getNeighbours"],
    "memory promote": ["promoteMemory"], "memory forget": ["forgetMemory"], "memory erase": ["eraseMemory"],
    "memory history": ["memoryHistory"], "memory stats": ["memoryStatistics"], "memory context": ["getContext"],
    "memory attend": ["attendMemory"], "memory pin": ["markMemory"], "memory unpin": ["markMemory"],
    "memory archive": ["markMemory"], "memory unarchive": ["markMemory"], "memory core": ["markMemory"],
    "memory duplicates": ["listDuplicates"], "memory merge": ["mergeMemories"], "memory consolidate": ["consolidate"],
    "memory working list": ["getWorkingSet"], "memory working attend": ["attendMemory"],
    "memory working refresh": ["refreshWorkingSet"], "memory working evict": ["evictMemory"],
    "memory working clear": ["clearWorkingSet"],
    "memory episode start": ["startEpisode"], "memory episode append": ["appendEvent"],
    "memory episode show": ["getMemory"], "memory skill show": ["getMemory"],
    "memory episode end": ["endEpisode"], "memory episode reopen": ["reopenEpisode"],
    "memory episode similar": ["similarEpisodes"], "memory episode list": ["listEpisodes"],
    "memory skill add": ["addSkill"], "memory skill list": ["listSkills"], "memory skill used": ["useSkill"],
    "memory skill refine": ["refineSkill"], "memory skill propose": ["proposeSkills"],
    "infra record": ["recordInfrastructure"], "infra get": ["getInfrastructure"], "infra show": ["getInfrastructure"],
    "infra list": ["listInfrastructure"], "infra history": ["infrastructureHistory"],
    "incident open": ["openIncident"], "incident update": ["updateIncident"], "incident note": ["updateIncident"],
    "incident resolve": ["updateIncident"], "incident link": ["linkIncident"], "incident list": ["listIncidents"],
    "incident show": ["getIncident"], "incident get": ["getIncident"], "incident suggest": ["suggestForIncident"], "incident timeline": ["getIncident"],
    "runbook new": ["writeRunbook"], "runbook import": ["writeRunbook"], "runbook update": ["updateRunbook"],
    "runbook list": ["listRunbooks"], "runbook show": ["getRunbook"], "runbook get": ["getRunbook"],
    "runbook render": ["renderRunbook", "getRunbook"], "runbook run-record": ["recordRun"],
    "import": ["importMemories"], "export": ["exportMemories"],
    "backup make": ["backUp"], "backup list": ["listBackups"], "backup key": ["exportBackupKey"],
    "backup mirrors": ["listMirrors"], "backup fetch": ["fetchBackup"],
    "keys status": ["keyStatus"], "keys rotate": ["rotateKeys"], "keys open": ["openLines"],
    "peers list": ["listPeers"], "peers invite": ["invitePeer"], "peers join": ["joinHive"], "peers retire": ["retirePeer"],
    "sync now": ["sync", "triggerSync"], "sync status": ["syncStatus"], "sync history": ["syncHistory"],
    "conflicts list": ["listConflicts"], "conflicts show": ["getConflict"], "conflicts resolve": ["resolveConflict", "resolveConflicts"],
    "forks list": ["listForks"], "forks show": ["getFork"], "forks resolve": ["resolveFork"],
    "scopes list": ["listScopes"], "scopes show": ["getScope"], "scopes create": ["createScope"],
    "scopes grant": ["grantScope"], "scopes revoke": ["revokeScope"],
    "rules push": ["pushRules"], "rules list": ["listRules"], "rules show": ["getRule"],
    "rules history": ["ruleHistory"], "rules rollback": ["rollbackRule"], "rules enable": ["enableRule"],
    "rules disable": ["disableRule"], "rules import": ["pushRules"], "rules export": ["listRules", "getRule"],
    "agents list": ["listAgents"], "agents show": ["getAgent"], "agents register": ["registerAgent"],
    "agents heartbeat": ["agentHeartbeat"], "agents suspend": ["suspendAgent"], "agents resume": ["resumeAgent"],
    "agents retire": ["retireAgent"], "agents history": ["getAgentHistory"], "agents who": ["whoKnows"],
    "agents install": ["listCommands"], "agents commands list": ["listCommands"],
    "agents commands put": ["putCommand"], "agents commands remove": ["removeCommand"], "hook": ["answerHook"],
    "tasks delegate": ["delegateTask"], "tasks list": ["listTasks"], "tasks show": ["getTask"],
    "tasks claim": ["claimTask"], "tasks progress": ["reportTaskProgress"], "tasks complete": ["completeTask"],
    "tasks fail": ["failTask"], "tasks cancel": ["cancelTask"], "tasks adopt": ["adoptTask"],
    "tell": ["sendMessage"], "ask": ["askAgent"], "broadcast": ["sendMessage", "shareDiscovery"],
    "inbox": ["listMessages", "getMessage", "markMessages"],
    "token create": ["createToken"], "token list": ["listTokens"], "token revoke": ["revokeToken"],
    "audit list": ["listAccess"], "audit verify": ["verifyAccess"], "dashboard": ["linkDashboard"],
    "doctor": ["status", "listPeers"],
}


def leaves(command, path=()):
    children = [child for child in command.get("subcommands", []) if child["commandName"] != "help"]
    if not children:
        yield " ".join(path)
    for child in children:
        yield from leaves(child, (*path, child["commandName"]))


def test_every_command_that_asks_a_node_has_its_route(make_node):
    node = make_node()
    dump = subprocess.run([BUILD / "hivectl", "--experimental-dump-help"], capture_output=True, text=True, check=True)
    commands = set(leaves(json.loads(dump.stdout)["command"]))
    document = node.http("GET", "/openapi.json", role=None)[1]
    served = {operation["operationId"] for methods in document["paths"].values() for operation in methods.values()}
    unknown = commands - OFFLINE - OPERATIONS.keys()
    assert not unknown, f"which operations of the REST interface do {sorted(unknown)} use?"
    for command in sorted(commands & OPERATIONS.keys()):
        missing = set(OPERATIONS[command]) - served
        assert not missing, f"`{command}` uses {missing}, which REST does not have"


def test_every_promised_address_is_served(make_node):
    served = set(make_node().http("GET", "/openapi.json", role=None)[1]["paths"])
    assert served >= {
        "/health", "/health/ready", "/metrics", "/api/status", "/api/sync", "/api/trigger-sync", "/ws/{machine_id}",
        "/api/v1/memories", "/api/v1/memories/{id}", "/api/v1/memories/{id}/history", "/api/v1/memories/{id}/erase",
        "/api/v1/conflicts", "/api/v1/conflicts/{id}", "/api/v1/conflicts/{id}/resolve", "/api/v1/peers",
        "/api/v1/sync/history", "/api/v1/rules", "/api/v1/rules/{id}", "/api/v1/rules/{id}/history",
        "/api/v1/rules/{id}/rollback", "/api/v1/decisions", "/openapi.json", "/", "/api/v1/events", "/api/v1/scopes",
    }
