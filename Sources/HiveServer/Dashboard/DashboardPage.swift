enum DashboardPage {
    static let html = ""
}
