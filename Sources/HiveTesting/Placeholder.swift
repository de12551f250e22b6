enum PlaceholderHiveTesting {}
