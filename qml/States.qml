// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What each state is called, painted in and drawn as. A state is a word of the models ("received", "in-progress", "overdue"); no two
// states that can stand side by side share an icon, so none is told by colour alone.
pragma Singleton

import QtQuick

QtObject {
    id: root

    readonly property var words: ({
            // how far an edit has come
            "draft": qsTr("Draft"),
            "local": qsTr("On this device"),
            "received": qsTr("Received by county"),
            "applied": qsTr("In force"),
            "aside": qsTr("Set aside"),
            // what became of a value
            "conflict": qsTr("Conflict"),
            "merged": qsTr("Merged by machine"),
            "overruled": qsTr("Overruled"),
            // a paragraph (merged: as above)
            "composed": qsTr("From the units' texts"),
            "edited": qsTr("Edited by the office"),
            "overlap": qsTr("To be decided"),
            // status of a task
            "not-started": qsTr("Not started"),
            "in-progress": qsTr("In progress"),
            "done": qsTr("Done"),
            "ongoing": qsTr("Ongoing"),
            "blocked": qsTr("Blocked"),
            // a filing
            "none": qsTr("Not reported"),
            "unsubmitted": qsTr("Not submitted"),
            "submitted": qsTr("Submitted"),
            "changed": qsTr("Changed since"),
            "returned": qsTr("Returned"),
            "approved": qsTr("Approved"),
            "below-target": qsTr("Reported done, below a target"),
            "late": qsTr("Late"),
            "after-approval": qsTr("Changed after approval"),
            // what does not go together
            "lead-done": qsTr("Done, and not done"),
            "figure-fell": qsTr("Figure fell"),
            "percent-status": qsTr("Percentage against status"),
            "same-event": qsTr("One event, several units"),
            // a deadline
            "overdue": qsTr("Overdue"),
            "due-soon": qsTr("Due soon"),
            "on-time": qsTr("On time"),
            // a check
            "yes": qsTr("Yes"),
            "no": qsTr("No"),
            "na": qsTr("N/A"),
            "unknown": qsTr("Not known yet"),
            "not-yet": qsTr("Not yet"),
            "rectify": qsTr("To be rectified"),
            "closed": qsTr("Closed"),
            "locked": qsTr("Locked"),
            // a task and those of the year before
            "linked": qsTr("Goes on"),
            "certain": qsTr("Surely the same"),
            "doubtful": qsTr("To be picked"),
            "no-earlier": qsTr("Nothing alike"),
            "new": qsTr("New this year"),
            // the sync
            "syncing": qsTr("Syncing"),
            "synced": qsTr("Up to date"),
            "offline": qsTr("Offline"),
            "sync-failed": qsTr("Sync failed")
        })

    readonly property var tones: ({
            "local": "neutral",
            "received": "info",
            "applied": "good",
            "aside": "warn",
            "conflict": "conflict",
            "merged": "conflict",
            "overruled": "warn",
            "edited": "accent",
            "overlap": "conflict",
            "in-progress": "info",
            "done": "good",
            "ongoing": "accent",
            "blocked": "bad",
            "unsubmitted": "warn",
            "submitted": "info",
            "changed": "warn",
            "returned": "bad",
            "approved": "good",
            "below-target": "warn",
            "late": "warn",
            "after-approval": "conflict",
            "lead-done": "conflict",
            "figure-fell": "conflict",
            "percent-status": "conflict",
            "same-event": "conflict",
            "overdue": "bad",
            "due-soon": "warn",
            "on-time": "good",
            "yes": "good",
            "no": "bad",
            "rectify": "warn",
            "linked": "good",
            "certain": "info",
            "doubtful": "conflict",
            "new": "accent",
            "syncing": "info",
            "synced": "good",
            "sync-failed": "warn"
        })

    // Only where the icon is not named like the state.
    readonly property var icons: ({
            "draft": "edit",
            "merged": "merge",
            "overruled": "chevron-up",
            "composed": "people",
            "edited": "edit",
            "overlap": "warning",
            "none": "not-started",
            "unsubmitted": "filing",
            "submitted": "send",
            "changed": "history",
            "returned": "return",
            "approved": "stamp",
            "below-target": "warning",
            "late": "clock",
            "after-approval": "edit",
            "lead-done": "conflict",
            "figure-fell": "chevron-down",
            "percent-status": "warning",
            "same-event": "people",
            "due-soon": "clock",
            "on-time": "calendar",
            "yes": "done",
            "no": "close",
            "na": "remove",
            "unknown": "info",
            "not-yet": "not-started",
            "rectify": "undo",
            "closed": "check",
            "locked": "lock",
            "linked": "done",
            "certain": "check",
            "doubtful": "warning",
            "no-earlier": "remove",
            "new": "add",
            "syncing": "sync",
            "synced": "cloud-done",
            "sync-failed": "cloud-warning"
        })

    function word(kind: string): string {
        return root.words[kind] ?? kind;
    }

    function tone(kind: string): string {
        return root.tones[kind] ?? "neutral";
    }

    function icon(kind: string): string {
        return root.icons[kind] ?? kind;
    }

    // Several facts in one line: those that are there.
    function line(facts: var): string {
        return facts.filter(fact => fact !== "").join(" · ");
    }

    // What a screen reader says of several facts: those that are there.
    function sentence(facts: var): string {
        return facts.filter(fact => fact !== "").join(", ");
    }
}
