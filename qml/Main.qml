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
    readonly property bool isOffice: session.role === "office"
    property SyncStatus sync: null
    property TaskListModel taskList: null
    property InboxModel inbox: null
    property string place: "tasks"

    function showHome(): void {
        sync = models.syncStatus();
        taskList = models.taskList();
        inbox = models.inbox();
        openFirst(firstPage.split("/"));
    }

    function openFirst(parts: var): void {
        openPlace(parts[0]);
        const pages = {
            "task": () => openTask(parts[1]),
            "filing": () => openFiling(parts[1], parts[2] ?? ""),
            "together": () => openTogether(parts[1], "")
        };
        if (parts[0] in pages)
            pages[parts[0]]();
        conflictPages.open(parts);
        officePages.open(parts);
    }

    function openPlace(name: string): void {
        place = name === "inbox" || name === "sync" ? name : officePages.placeOf(name) || "tasks";
        stack.clear();
        if (place === "office")
            officePages.openOffice();
        else if (name === "inbox")
            conflictPages.openInbox(inbox);
        else if (name === "sync")
            stack.push(syncPage, {"sync": sync, "edits": models.ownEdits(), "receipts": models.receipts()});
        else
            stack.push(taskListPage);
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

    // What a screen reader calls the page.
    Binding {
        target: stack.currentItem
        property: "title"
        value: ((stack.currentItem as T.Page)?.header as PageHeader)?.title ?? window.title
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

    Shortcut {
        sequence: "Ctrl+O"
        enabled: window.isOffice && window.sync !== null
        onActivated: window.openPlace("office")
    }

    ConflictPages {
        id: conflictPages

        stack: stack
        models: window.models

        onTaskPicked: taskId => window.openTask(taskId)
    }

    OfficePages {
        id: officePages

        stack: stack
        models: window.models

        onTaskPicked: taskId => window.openTask(taskId)
    }

    PlaceList {
        id: places

        isOffice: window.isOffice
        sync: window.sync
        inbox: window.inbox
    }

    AppShell {
        anchors.fill: parent
        places: places.rows
        current: window.place
        heading: window.session.unitName
        bare: window.session.state !== AppSession.Ready
        railFoot: SyncIndicator {
            width: parent ? parent.width : implicitWidth
            kind: window.sync ? window.sync.state : ""
            unsent: window.sync ? window.sync.localCount : 0
            lastContact: window.sync ? window.sync.lastContactText : ""
            compact: Style.windowWidth < 1280
            visible: kind !== ""

            onClicked: window.openPlace("sync")
        }

        onPicked: place => window.openPlace(place)

        T.StackView {
            id: stack

            anchors.fill: parent
            focus: true
            // A page that has just opened has the keyboard as a whole: Tab goes into it, not to the places beside it.
            Keys.onTabPressed: (stack.currentItem ?? stack).nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        }
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
            inbox: window.inbox
            unitName: window.session.unitName

            onTaskPicked: taskId => window.openTask(taskId)
            onInboxPicked: window.openPlace("inbox")
            onSyncPicked: window.openPlace("sync")
        }
    }

    Component {
        id: taskPage

        TaskPage {
            onBack: window.goBack()
            onDifferencePicked: (recordId, field) => conflictPages.openDifference(recordId, field)
            onHistoryPicked: (recordId, field) => conflictPages.openHistory(recordId, field)
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

    Component {
        id: syncPage

        SyncPage {
            onHistoryPicked: (recordId, field) => conflictPages.openHistory(recordId, field)
        }
    }
}
