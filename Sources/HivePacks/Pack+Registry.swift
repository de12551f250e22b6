/// The files of each pack. A test holds this list to the folders.
extension Pack {
    static let agentConduct = Pack(
        "agent-conduct", "how an agent behaves, whatever it works on",
        [
            "agent-conduct": PackageResources.agent_conduct_yaml,
            "authorship": PackageResources.authorship_yaml,
            "brevity": PackageResources.brevity_yaml,
            "comments": PackageResources.comments_yaml,
            "consistency": PackageResources.consistency_yaml,
            "emoji": PackageResources.emoji_yaml,
            "secrets": PackageResources.secrets_yaml,
            "security": PackageResources.security_yaml,
        ])

    static let devopsSafety = Pack(
        "devops-safety", "what is hard to undo waits for approval, or does not happen",
        [
            "devops-safety": PackageResources.devops_safety_yaml,
            "data": PackageResources.data_yaml,
            "git": PackageResources.git_yaml,
            "infrastructure": PackageResources.infrastructure_yaml,
            "shell": PackageResources.shell_yaml,
        ])
}
