/// The files of the pack that judges platforms of agents; a file for each numbered rule.
extension Pack {
    static let platform = Pack(
        "platform", "what a platform of agents must be like: services, images, limits, metrics, operations",
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
