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

    static let platform = Pack(
        "platform", "manifests of a platform of agents, by the numbered rules of its document",
        [
            "platform": PackageResources.platform_yaml,
            "platform-01": PackageResources.platform_01_yaml,
            "platform-02": PackageResources.platform_02_yaml,
            "platform-03": PackageResources.platform_03_yaml,
            "platform-17": PackageResources.platform_17_yaml,
            "platform-18": PackageResources.platform_18_yaml,
            "platform-19": PackageResources.platform_19_yaml,
            "platform-20": PackageResources.platform_20_yaml,
            "platform-21": PackageResources.platform_21_yaml,
            "platform-22": PackageResources.platform_22_yaml,
            "platform-23": PackageResources.platform_23_yaml,
            "platform-24": PackageResources.platform_24_yaml,
            "platform-25": PackageResources.platform_25_yaml,
            "platform-26": PackageResources.platform_26_yaml,
            "platform-27": PackageResources.platform_27_yaml,
            "platform-28": PackageResources.platform_28_yaml,
            "platform-29": PackageResources.platform_29_yaml,
            "platform-30": PackageResources.platform_30_yaml,
        ])
}
