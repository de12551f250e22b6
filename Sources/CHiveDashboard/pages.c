#include "CHiveDashboard.h"

#include <string.h>

// Every file of `pages`, which a test holds this list to. They are texts, so a zero ends them.
static const struct {
    const char *name;
    const unsigned char *text;
} pages[] = {
    {"address.js",
     (const unsigned char[]){
#embed "pages/address.js"
         , 0}},
    {"agents.js",
     (const unsigned char[]){
#embed "pages/agents.js"
         , 0}},
    {"api.js",
     (const unsigned char[]){
#embed "pages/api.js"
         , 0}},
    {"backups.js",
     (const unsigned char[]){
#embed "pages/backups.js"
         , 0}},
    {"base.css",
     (const unsigned char[]){
#embed "pages/base.css"
         , 0}},
    {"clock.js",
     (const unsigned char[]){
#embed "pages/clock.js"
         , 0}},
    {"conflicts.js",
     (const unsigned char[]){
#embed "pages/conflicts.js"
         , 0}},
    {"decisions.js",
     (const unsigned char[]){
#embed "pages/decisions.js"
         , 0}},
    {"detail.js",
     (const unsigned char[]){
#embed "pages/detail.js"
         , 0}},
    {"dialog.js",
     (const unsigned char[]){
#embed "pages/dialog.js"
         , 0}},
    {"dom.js",
     (const unsigned char[]){
#embed "pages/dom.js"
         , 0}},
    {"early.js",
     (const unsigned char[]){
#embed "pages/early.js"
         , 0}},
    {"episodes.js",
     (const unsigned char[]){
#embed "pages/episodes.js"
         , 0}},
    {"features.js",
     (const unsigned char[]){
#embed "pages/features.js"
         , 0}},
    {"format.js",
     (const unsigned char[]){
#embed "pages/format.js"
         , 0}},
    {"health.js",
     (const unsigned char[]){
#embed "pages/health.js"
         , 0}},
    {"hive.svg",
     (const unsigned char[]){
#embed "pages/hive.svg"
         , 0}},
    {"icons.js",
     (const unsigned char[]){
#embed "pages/icons.js"
         , 0}},
    {"incident.js",
     (const unsigned char[]){
#embed "pages/incident.js"
         , 0}},
    {"incidents.js",
     (const unsigned char[]){
#embed "pages/incidents.js"
         , 0}},
    {"index.html",
     (const unsigned char[]){
#embed "pages/index.html"
         , 0}},
    {"infrastructure.js",
     (const unsigned char[]){
#embed "pages/infrastructure.js"
         , 0}},
    {"keyed.js",
     (const unsigned char[]){
#embed "pages/keyed.js"
         , 0}},
    {"listing.js",
     (const unsigned char[]){
#embed "pages/listing.js"
         , 0}},
    {"live.js",
     (const unsigned char[]){
#embed "pages/live.js"
         , 0}},
    {"main.js",
     (const unsigned char[]){
#embed "pages/main.js"
         , 0}},
    {"memories.js",
     (const unsigned char[]){
#embed "pages/memories.js"
         , 0}},
    {"memory-actions.js",
     (const unsigned char[]){
#embed "pages/memory-actions.js"
         , 0}},
    {"memory-belief.js",
     (const unsigned char[]){
#embed "pages/memory-belief.js"
         , 0}},
    {"memory-history.js",
     (const unsigned char[]){
#embed "pages/memory-history.js"
         , 0}},
    {"memory-links.js",
     (const unsigned char[]){
#embed "pages/memory-links.js"
         , 0}},
    {"memory-row.js",
     (const unsigned char[]){
#embed "pages/memory-row.js"
         , 0}},
    {"memory-story.js",
     (const unsigned char[]){
#embed "pages/memory-story.js"
         , 0}},
    {"memory.js",
     (const unsigned char[]){
#embed "pages/memory.js"
         , 0}},
    {"messages.js",
     (const unsigned char[]){
#embed "pages/messages.js"
         , 0}},
    {"metrics.js",
     (const unsigned char[]){
#embed "pages/metrics.js"
         , 0}},
    {"missing.js",
     (const unsigned char[]){
#embed "pages/missing.js"
         , 0}},
    {"navigation.js",
     (const unsigned char[]){
#embed "pages/navigation.js"
         , 0}},
    {"overview.js",
     (const unsigned char[]){
#embed "pages/overview.js"
         , 0}},
    {"page.js",
     (const unsigned char[]){
#embed "pages/page.js"
         , 0}},
    {"parts.css",
     (const unsigned char[]){
#embed "pages/parts.css"
         , 0}},
    {"parts.js",
     (const unsigned char[]){
#embed "pages/parts.js"
         , 0}},
    {"router.js",
     (const unsigned char[]){
#embed "pages/router.js"
         , 0}},
    {"rule.js",
     (const unsigned char[]){
#embed "pages/rule.js"
         , 0}},
    {"rules.js",
     (const unsigned char[]){
#embed "pages/rules.js"
         , 0}},
    {"runbook.js",
     (const unsigned char[]){
#embed "pages/runbook.js"
         , 0}},
    {"runbooks.js",
     (const unsigned char[]){
#embed "pages/runbooks.js"
         , 0}},
    {"said.js",
     (const unsigned char[]){
#embed "pages/said.js"
         , 0}},
    {"sections.js",
     (const unsigned char[]){
#embed "pages/sections.js"
         , 0}},
    {"session.js",
     (const unsigned char[]){
#embed "pages/session.js"
         , 0}},
    {"shell.css",
     (const unsigned char[]){
#embed "pages/shell.css"
         , 0}},
    {"shortcuts.js",
     (const unsigned char[]){
#embed "pages/shortcuts.js"
         , 0}},
    {"skills.js",
     (const unsigned char[]){
#embed "pages/skills.js"
         , 0}},
    {"sync.js",
     (const unsigned char[]){
#embed "pages/sync.js"
         , 0}},
    {"task.js",
     (const unsigned char[]){
#embed "pages/task.js"
         , 0}},
    {"tasks.js",
     (const unsigned char[]){
#embed "pages/tasks.js"
         , 0}},
    {"text.js",
     (const unsigned char[]){
#embed "pages/text.js"
         , 0}},
    {"theme.js",
     (const unsigned char[]){
#embed "pages/theme.js"
         , 0}},
    {"tokens.css",
     (const unsigned char[]){
#embed "pages/tokens.css"
         , 0}},
    {"verdict.js",
     (const unsigned char[]){
#embed "pages/verdict.js"
         , 0}},
    {"views.css",
     (const unsigned char[]){
#embed "pages/views.css"
         , 0}},
};

size_t hive_page_count(void) { return sizeof pages / sizeof *pages; }

hive_page hive_page_at(size_t number) {
    const unsigned char *text = pages[number].text;
    return (hive_page){pages[number].name, text, strlen((const char *)text)};
}
