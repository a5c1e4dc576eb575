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
        openPage(parts);
    }

    function openPage(parts: var): void {
        const pages = {
            "task": () => openTask(parts[1]),
            "filing": () => openFiling(parts[1], parts[2] ?? ""),
            "together": () => openTogether(parts[1], ""),
            "difference": () => openDifference(parts[1], parts[2] ?? ""),
            "notice": () => openNotice(parts[1]),
            "history": () => openHistory(parts[1], parts[2] ?? ""),
            "review": () => openReview(parts[1], parts[2], parts[3]),
            "matrix": () => openMatrix(""),
            "windows": () => stack.push(windowListPage, {"model": models.windowList()}),
            "asides": () => stack.push(asideListPage, {"model": models.asideList()}),
            "export": () => stack.push(exportPage, {"model": models.exportForm()})
        };
        if (parts[0] in pages)
            pages[parts[0]]();
    }

    function openPlace(name: string): void {
        place = placeOf(name);
        stack.clear();
        if (place === "office")
            stack.push(officePage);
        else if (name === "inbox")
            stack.push(inboxPage, {"model": inbox});
        else if (name === "sync")
            stack.push(syncPage, {"sync": sync, "edits": models.ownEdits(), "receipts": models.receipts()});
        else
            stack.push(taskListPage);
    }

    // The place that a page belongs to.
    function placeOf(name: string): string {
        if (["office", "matrix", "windows", "asides", "export", "review"].includes(name) && isOffice)
            return "office";
        return name === "inbox" || name === "sync" ? name : "tasks";
    }

    function openMatrix(windowId: string): void {
        stack.push(matrixPage, {"model": models.matrix(windowId)});
    }

    function openReview(taskId: string, unitId: string, windowId: string): void {
        stack.push(reviewPage, {"model": models.review(taskId, unitId, windowId), "taskId": taskId});
    }

    function openDifference(recordId: string, field: string): void {
        stack.push(differencePage, {"model": models.difference(recordId, field)});
    }

    function openNotice(noticeId: string): void {
        stack.push(noticePage, {"model": models.notice(noticeId)});
    }

    function openHistory(recordId: string, field: string): void {
        stack.push(historyPage, {"model": models.history(recordId, field)});
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

    Shortcut {
        sequence: "Ctrl+O"
        enabled: window.isOffice && window.sync !== null
        onActivated: window.openPlace("office")
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
            onDifferencePicked: (recordId, field) => window.openDifference(recordId, field)
            onHistoryPicked: (recordId, field) => window.openHistory(recordId, field)
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
        id: inboxPage

        InboxPage {
            onDifferencePicked: (recordId, field) => window.openDifference(recordId, field)
            onNoticePicked: noticeId => window.openNotice(noticeId)
        }
    }

    Component {
        id: differencePage

        DifferencePage {
            onBack: window.goBack()
            onHistoryPicked: (recordId, field) => window.openHistory(recordId, field)
            onTaskPicked: taskId => window.openTask(taskId)
        }
    }

    Component {
        id: noticePage

        NoticePage {
            onBack: window.goBack()
            onHistoryPicked: (recordId, field) => window.openHistory(recordId, field)
            onTaskPicked: taskId => window.openTask(taskId)
        }
    }

    Component {
        id: historyPage

        HistoryPage {
            onBack: window.goBack()
        }
    }

    Component {
        id: officePage

        OfficePage {
            onPicked: name => window.openPage([name])
        }
    }

    Component {
        id: matrixPage

        MatrixPage {
            onBack: window.goBack()
            onReviewPicked: (taskId, unitId, windowId) => window.openReview(taskId, unitId, windowId)
        }
    }

    Component {
        id: windowListPage

        WindowListPage {
            onBack: window.goBack()
            onMatrixPicked: windowId => window.openMatrix(windowId)
        }
    }

    Component {
        id: reviewPage

        ReviewPage {
            property string taskId

            onBack: window.goBack()
            onTaskPicked: window.openTask(taskId)
        }
    }

    Component {
        id: asideListPage

        AsideListPage {
            onBack: window.goBack()
        }
    }

    Component {
        id: exportPage

        ExportPage {
            onBack: window.goBack()
        }
    }

    Component {
        id: syncPage

        SyncPage {
            onHistoryPicked: (recordId, field) => window.openHistory(recordId, field)
        }
    }
}
