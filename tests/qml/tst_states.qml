// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What stands side by side differs by icon, not by colour alone; every state has a word.
import QtQuick
import QtTest
import Hezhang.Ui

TestCase {
    id: test

    name: "States"

    Component {
        id: iconMaker

        Icon {}
    }

    function test_noTwoStatesOfOneKindShareAnIcon_data() {
        return [
            {"tag": "edit", "kinds": ["draft", "local", "received", "applied", "aside"]},
            {"tag": "value", "kinds": ["conflict", "merged", "overruled"]},
            {"tag": "status", "kinds": ["not-started", "in-progress", "done", "ongoing", "blocked"]},
            {"tag": "filing", "kinds": ["none", "unsubmitted", "submitted", "changed", "returned", "approved", "after-approval", "late"]},
            {"tag": "deadline", "kinds": ["overdue", "due-soon", "on-time"]},
            {"tag": "check", "kinds": ["yes", "no", "na", "rectify", "closed"]},
            {"tag": "contradiction", "kinds": ["lead-done", "figure-fell", "percent-status", "same-event", "after-approval"]},
            {"tag": "fact", "kinds": ["yes", "no", "not-yet", "unknown"]},
            {"tag": "year", "kinds": ["linked", "certain", "doubtful", "no-earlier", "new"]},
            {"tag": "sync", "kinds": ["syncing", "synced", "offline", "sync-failed"]}];
    }

    function test_noTwoStatesOfOneKindShareAnIcon(data) {
        const icons = new Set(data.kinds.map(kind => States.icon(kind)));

        compare(icons.size, data.kinds.length);
    }

    function test_everyStateHasAWordInChinese_data() {
        return Object.keys(States.words).map(kind => ({"tag": kind, "kind": kind}));
    }

    function test_everyStateHasAWordInChinese(data) {
        verify(/[\u4e00-\u9fff]/.test(States.word(data.kind)), States.word(data.kind));
    }

    function test_everyStateHasADrawing_data() {
        return test_everyStateHasAWordInChinese_data();
    }

    function test_everyStateHasADrawing(data) {
        const icon = createTemporaryObject(iconMaker, test, {"name": States.icon(data.kind)});

        compare(icon.status, Image.Ready);
        verify(icon.implicitWidth > 1);
    }
}
