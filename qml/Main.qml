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
    required property Settings settings
    property string firstPage // empty: the first place of the role
    // The page that is shown has its content.
    readonly property bool isSettled: stack.depth > 0 && (stack.currentItem as T.Page)?.isReady === true
    property SyncStatus sync: null
    property TaskListModel taskList: null
    property InboxModel inbox: null
    property string place: "tasks"
    // To the first page of each place; of any other: the tasks.
    readonly property var wayTo: ({
            "inbox": () => conflictPages.openInbox(inbox),
            "sync": () => conflictPages.openSync(sync),
            "office": () => officePages.openOffice(),
            "checks": () => fieldPages.openChecks(),
            "search": () => fieldPages.openSearch(),
            "settings": () => fieldPages.openSettings(),
            "more": () => fieldPages.openMore()
        })

    function showHome(): void {
        sync = models.syncStatus();
        taskList = models.taskList();
        inbox = models.inbox();
        openFirst(firstPage.split("/"));
    }

    function openFirst(parts: var): void {
        openPlace(placeOf(parts[0]));
        openPage(parts);
    }

    // A page on top of what is shown: what `hezhang --page` names, at its slashes.
    function openPage(parts: var): void {
        const ways = {
            "task": () => openTask(parts[1]),
            "filing": () => openFilingOf(parts[1], "", parts[2] ?? ""),
            "together": () => openTogether(parts[1], "")
        };
        ways[parts[0]]?.();
        conflictPages.open(parts);
        officePages.open(parts);
        fieldPages.open(parts);
    }

    // The place that a page belongs to: one that the role has.
    function placeOf(page: string): string {
        const place = officePages.placeOf(page) || fieldPages.placeOf(page) || page || places.order[0];
        return places.order.includes(place) || place === "more" ? place : "tasks";
    }

    function openPlace(name: string): void {
        place = name;
        stack.clear();
        (wayTo[name] ?? (() => stack.push(taskListPage)))();
        if (places.order.includes(name))
            settings.notePage(name);
    }

    function showState(): void {
        stack.clear();
        if (session.state === AppSession.Ready)
            showHome();
        else if (session.state === AppSession.NoHome)
            stack.push(enrolPage, {"model": models.enrolment()});
        else if (session.state === AppSession.Failed)
            stack.push(failedPage);
    }

    function openTask(taskId: string): void {
        stack.push(taskPage, {"model": models.task(taskId), "earlier": models.earlierTasks(taskId)});
    }

    // unitId empty: this home's own. Another unit's: the office reviews it, others read it.
    function openFilingOf(taskId: string, unitId: string, windowId: string): void {
        if (session.role === "office" && unitId !== "" && unitId !== session.unitId)
            officePages.openReview(taskId, unitId, windowId);
        else
            stack.push(filingPage, {"model": models.filingForm(taskId, unitId, windowId), "facts": models.filingFacts(taskId, unitId, windowId)});
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

    onClosing: settings.noteWindow(width, height, visibility === Window.Maximized)

    Component.onCompleted: showState()

    Binding {
        target: Style
        property: "windowWidth"
        value: window.width
    }

    Binding {
        target: Style
        property: "dark"
        value: window.settings.isDark
    }

    Binding {
        target: Style
        property: "textScale"
        value: window.settings.isLarge ? Style.textScaleLarge : 1.0
    }

    Connections {
        target: window.session

        function onStateChanged(): void {
            window.showState();
        }
    }

    // What a screen reader calls the page.
    Binding {
        target: stack.currentItem
        property: "title"
        value: ((stack.currentItem as T.Page)?.header as PageHeader)?.title ?? window.title
    }

    PlaceList {
        id: places

        sync: window.sync
        inbox: window.inbox
        role: window.session.role
    }

    WindowKeys {
        id: keys

        hasHome: window.session.state === AppSession.Ready
        canGoBack: stack.depth > 1
        places: places.order
        titles: places.titles

        onBack: window.goBack()
        onSyncPicked: window.sync.syncNow()
        onPlacePicked: place => window.openPlace(place)
        onListPicked: fieldPages.openShortcuts()
    }

    FieldPages {
        id: fieldPages

        stack: stack
        models: window.models
        session: window.session
        settings: window.settings
        places: places
        shortcuts: keys.list

        onPlacePicked: place => window.openPlace(place)
        onTaskPicked: taskId => window.openTask(taskId)
        onFilingPicked: (taskId, unitId, windowId) => window.openFilingOf(taskId, unitId, windowId)
    }

    ConflictPages {
        id: conflictPages

        stack: stack
        models: window.models

        onTaskPicked: taskId => window.openTask(taskId)
        onCodePicked: officePages.open(["code"])
    }

    OfficePages {
        id: officePages

        stack: stack
        models: window.models

        onTaskPicked: taskId => window.openTask(taskId)
        onHistoryPicked: (recordId, field) => conflictPages.openHistory(recordId, field)
    }

    AppShell {
        anchors.fill: parent
        places: places.rows
        current: places.mark(window.place)
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
            session: window.session
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
            onPlacePicked: place => window.openPlace(place)
            onFormsPicked: page => officePages.open([page])
        }
    }

    Component {
        id: taskPage

        TaskPage {
            onBack: window.goBack()
            onDifferencePicked: (recordId, field) => conflictPages.openDifference(recordId, field)
            onHistoryPicked: (recordId, field) => conflictPages.openHistory(recordId, field)
            onFilingPicked: (taskId, windowId) => window.openFilingOf(taskId, "", windowId)
            onTogetherPicked: (taskId, heading) => window.openTogether(taskId, heading)
            onTaskPicked: taskId => window.openTask(taskId)
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
