// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The paragraphs of one reporting window, a task a row; a row opens the paragraph beside the units' texts.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property ParagraphListModel model
    readonly property bool isReady: model.isReady

    signal back
    signal paragraphPicked(string taskId, string windowId)

    title: head.title

    header: PageHeader {
        id: head

        title: root.model.windowTitle !== "" ? root.model.windowTitle : qsTr("Paragraphs")
        subtitle: root.model.windowLine
        canGoBack: true

        onBack: root.back()
    }

    Banner {
        id: waiting

        x: Style.gutter
        y: Style.space3
        width: root.width - 2 * Style.gutter
        title: qsTr("%n paragraph(s) to be decided", "", root.model.overlapCount)
        text: qsTr("A unit has changed a sentence that the office had edited.")
        tone: "conflict"
        visible: root.model.overlapCount > 0
    }

    ListView {
        id: list

        anchors.fill: parent
        anchors.topMargin: waiting.visible ? waiting.height + Style.space3 : 0
        topMargin: Style.space2
        bottomMargin: Style.gutter
        model: root.model
        clip: true
        keyNavigationEnabled: true
        boundsBehavior: Flickable.StopAtBounds
        delegate: ListRow {
            id: row

            required property string taskId
            required property string body
            required property string kind
            required property int unitCount

            subtitle: body
            roving: true

            onClicked: root.paragraphPicked(taskId, root.model.windowId)

            StateBadge {
                kind: row.kind
            }

            Badge {
                text: qsTr("%n unit(s)", "", row.unitCount)
                iconName: "people"
                visible: row.unitCount > 0
            }
        }

        T.ScrollBar.vertical: AppScrollBar {}
    }

    EmptyState {
        anchors.fill: parent
        title: root.model.errorWhat !== "" ? root.model.errorWhat : qsTr("No tasks")
        text: root.model.errorNext
        visible: root.model.isReady && root.model.count === 0
    }
}
