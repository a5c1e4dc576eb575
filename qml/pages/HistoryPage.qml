// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// All that was ever written in a field or an entry. The clock is folded away for whoever wants to look.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property HistoryModel model
    readonly property bool isReady: model.isReady
    property bool showsClock: false

    signal back

    title: head.title

    header: PageHeader {
        id: head

        title: root.model.title !== "" ? root.model.title : qsTr("History")
        subtitle: States.line([qsTr("History"), root.model.place])
        canGoBack: true

        onBack: root.back()

        IconButton {
            iconName: "clock"
            text: root.showsClock ? qsTr("Hide the numbers of the edits") : qsTr("Show the numbers of the edits")
            checked: root.showsClock

            onClicked: {
                root.showsClock = !root.showsClock;
                if (root.showsClock)
                    clock.open();
            }
        }
    }

    Column {
        id: earlier

        anchors {
            top: parent.top
            topMargin: root.model.isPartial ? Style.space4 : 0
            horizontalCenter: parent.horizontalCenter
        }
        width: Math.min(parent.width - 2 * Style.gutter, Style.readingWidth)

        Banner {
            title: root.model.isLetGo ? qsTr("Earlier changes are not on this device") : qsTr("Earlier changes are not on this device yet")
            text: root.model.isLetGo ? qsTr("They were let go of to save space. The county still has them.") : qsTr("They come by themselves with the next syncs.")
            actionText: root.model.isLetGo ? qsTr("Get them") : ""
            visible: root.model.isPartial && !root.model.isFetching

            onAction: root.model.fetchEarlier()
        }

        ProgressLine {
            label: qsTr("Getting earlier changes")
            visible: root.model.isPartial && root.model.isFetching

            onStopped: root.model.stopFetching()
        }
    }

    ListView {
        id: list

        anchors {
            top: earlier.bottom
            bottom: parent.bottom
            left: parent.left
            right: parent.right
        }
        model: root.model
        clip: true
        activeFocusOnTab: true
        Accessible.role: Accessible.List
        Accessible.name: root.model.title !== "" ? root.model.title : qsTr("History")
        spacing: Style.space3
        topMargin: Style.space4
        bottomMargin: Style.gutter

        delegate: Item {
            id: row

            required property int index
            required property string fieldText
            required property string valueText
            required property string kindText
            required property string person
            required property string unit
            required property string device
            required property string timeText
            required property string countyTimeText
            required property string verdict
            required property string reasonWhat
            required property string reasonNext
            required property string dot
            required property string seenText
            required property bool canRestore
            required property bool isShown

            width: list.width
            height: card.implicitHeight

            Card {
                id: card

                x: (row.width - width) / 2
                width: Math.min(row.width - 2 * Style.gutter, Style.readingWidth)
                tone: row.verdict === "aside" ? "warn" : row.isShown ? "accent" : ""

                Flow {
                    width: parent.width
                    spacing: Style.space2

                    AppText {
                        text: row.fieldText + " · " + row.kindText
                        size: Style.sizeSmall
                        muted: true
                    }

                    StateBadge {
                        kind: row.verdict
                    }

                    Badge {
                        text: qsTr("Shown now")
                        tone: "accent"
                        iconName: "eye"
                        visible: row.isShown
                    }
                }

                AppText {
                    width: parent.width
                    text: row.valueText
                }

                PersonLine {
                    person: row.person
                    unit: row.unit
                    time: row.timeText
                    device: row.device
                }

                AppText {
                    width: parent.width
                    text: row.countyTimeText !== "" ? qsTr("The county received it: %1 (by its own clock)").arg(row.countyTimeText) : qsTr("Not yet answered by the county.")
                    size: Style.sizeCaption
                    muted: true
                }

                AppText {
                    width: parent.width
                    text: row.reasonWhat + " " + row.reasonNext
                    size: Style.sizeSmall
                    color: Style.warnText
                    visible: row.reasonWhat !== ""
                }

                FieldRow {
                    label: qsTr("Number of the edit")
                    value: row.dot
                    visible: root.showsClock
                }

                FieldRow {
                    label: qsTr("Seen before writing")
                    value: row.seenText
                    missing: qsTr("nothing")
                    visible: root.showsClock
                }

                AppButton {
                    objectName: "restore" + row.index
                    text: qsTr("Write this again")
                    iconName: "undo"
                    busy: root.model.isSaving
                    visible: row.canRestore

                    onClicked: root.model.restore(row.index)
                }
            }
        }

        T.ScrollBar.vertical: AppScrollBar {}

        EmptyState {
            anchors.fill: parent
            visible: root.model.isReady && root.model.count === 0
            iconName: "history"
            title: root.model.errorWhat !== "" ? root.model.errorWhat : root.model.isPartial ? qsTr("Nothing of it is on this device") : qsTr("Nothing was written here yet")
            text: root.model.errorNext
        }
    }

    // The list itself has the keyboard, to be scrolled by it.
    FocusRing {
        shown: list.activeFocus
        inset: 2
    }

    SidePanel {
        id: clock

        title: qsTr("Numbers of the edits")

        FieldRow {
            label: qsTr("Edits in force")
            value: root.model.clockText
        }

        FieldRow {
            label: qsTr("Known of each line")
            value: root.model.vectorText
        }
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space3
    }

    Connections {
        target: root.model

        function onRestored(): void {
            toast.show(qsTr("Written again. It goes to the county with the next sync."), "");
        }

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }
}
