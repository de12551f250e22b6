enum PlaceholderHiveAPI {}
