enum PlaceholderHiveCEL {}
