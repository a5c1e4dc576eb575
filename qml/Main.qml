// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The window: first run or the places of the program, and the way between pages. Each page gets its model here.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import QtQuick.Window
import Hezhang.Model
import Hezhang.Ui

Window {
    id: window

    required property AppSession session
    required property Models models
    property bool isLarge: false
    property bool isDark: false
    property string firstPage: "tasks"
    // The page that is shown has its content.
    readonly property bool isSettled: stack.depth > 0 && (stack.currentItem as T.Page)?.isReady === true
    property SyncStatus sync: null
    property TaskListModel taskList: null

    function showHome(): void {
        sync = models.syncStatus();
        taskList = models.taskList();
        stack.clear();
        stack.push(taskListPage);
        const parts = firstPage.split("/");
        if (parts[0] === "task")
            openTask(parts[1]);
        else if (parts[0] === "filing")
            openFiling(parts[1], parts[2] ?? "");
        else if (parts[0] === "together")
            openTogether(parts[1], "");
    }

    function showState(): void {
        stack.clear();
        if (session.state === AppSession.NoHome)
            stack.push(enrolPage, {"model": models.enrolment()});
        else if (session.state === AppSession.Failed)
            stack.push(failedPage);
    }

    function openTask(taskId: string): void {
        stack.push(taskPage, {"model": models.task(taskId)});
    }

    function openFiling(taskId: string, windowId: string): void {
        stack.push(filingPage, {"model": models.filingForm(taskId, "", windowId)});
    }

    function openTogether(taskId: string, heading: string): void {
        stack.push(togetherPage, {
            "progress": models.fieldEdit(taskId, "joint_progress"),
            "status": models.fieldEdit(taskId, "joint_status"),
            "heading": heading
        });
    }

    function goBack(): void {
        if (stack.depth > 1)
            stack.pop();
    }

    width: 1280
    height: 800
    minimumWidth: 360
    minimumHeight: 480
    visible: false
    title: session.county === "" ? qsTr("Hezhang") : qsTr("Hezhang · %1").arg(session.county)
    color: Style.page

    Component.onCompleted: {
        if (session.state === AppSession.Ready)
            showHome();
        else
            showState();
    }

    Binding {
        target: Style
        property: "windowWidth"
        value: window.width
    }

    Binding {
        target: Style
        property: "dark"
        value: window.isDark
    }

    Binding {
        target: Style
        property: "textScale"
        value: window.isLarge ? Style.textScaleLarge : 1.0
    }

    Connections {
        target: window.session

        function onStateChanged(): void {
            if (window.session.state === AppSession.Ready)
                window.showHome();
            else
                window.showState();
        }
    }

    Shortcut {
        sequences: ["Escape", "Alt+Left"]
        enabled: stack.depth > 1
        onActivated: window.goBack()
    }

    Shortcut {
        sequences: ["F5", "Ctrl+R"]
        onActivated: if (window.sync) window.sync.syncNow()
    }

    T.StackView {
        id: stack

        anchors.fill: parent
        focus: true
    }

    Component {
        id: enrolPage

        EnrolPage {}
    }

    Component {
        id: failedPage

        FailedPage {
            what: window.session.errorWhat
            next: window.session.errorNext

            onRetry: window.session.open(window.session.folder)
        }
    }

    Component {
        id: taskListPage

        TaskListPage {
            model: window.taskList
            sync: window.sync
            unitName: window.session.unitName

            onTaskPicked: taskId => window.openTask(taskId)
        }
    }

    Component {
        id: taskPage

        TaskPage {
            onBack: window.goBack()
            onFilingPicked: (taskId, windowId) => window.openFiling(taskId, windowId)
            onTogetherPicked: (taskId, heading) => window.openTogether(taskId, heading)
        }
    }

    Component {
        id: togetherPage

        TogetherPage {
            onBack: window.goBack()
        }
    }

    Component {
        id: filingPage

        FilingPage {
            onBack: window.goBack()
        }
    }
}
