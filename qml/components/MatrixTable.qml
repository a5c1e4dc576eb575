// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Tasks by units. model is a table model with the role display (a word of States.qml and, after a slash, what stands beside its icon; "" where the unit has no part in the task);
// rowTitles and columnTitles are list models with the role title. The heads stay while the cells scroll. picked(row, column) on a press.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

Item {
    id: root

    required property var model
    required property var rowTitles
    required property var columnTitles
    property string corner
    property real rowHeight: Math.round(64 * (1 + (Style.textScale - 1) * 0.8))
    property real columnWidth: Math.round((Style.phone ? 84 : 104) * (1 + (Style.textScale - 1) * 0.7))
    property real titleWidth: Math.round(Math.min(width * 0.42, 300 * Style.textScale))
    readonly property real headHeight: Math.round(56 * Style.textScale)

    signal picked(int row, int column)

    Accessible.role: Accessible.Table
    Accessible.name: corner

    Rectangle {
        anchors.fill: parent
        color: Style.surface
    }

    Head {
        width: root.titleWidth
        height: root.headHeight
        title: root.corner
        strong: true
    }

    ListView {
        x: root.titleWidth
        width: root.width - x
        height: root.headHeight
        orientation: ListView.Horizontal
        interactive: false
        clip: true
        contentX: cells.contentX
        model: root.columnTitles
        delegate: Head {
            width: root.columnWidth
            height: root.headHeight
            centred: true
        }
    }

    ListView {
        y: root.headHeight
        width: root.titleWidth
        height: root.height - y
        interactive: false
        clip: true
        contentY: cells.contentY
        model: root.rowTitles
        delegate: Head {
            width: root.titleWidth
            height: root.rowHeight
        }
    }

    TableView {
        id: cells

        x: root.titleWidth
        y: root.headHeight
        width: root.width - x
        height: root.height - y
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.model
        columnWidthProvider: () => root.columnWidth
        rowHeightProvider: () => root.rowHeight

        onWidthChanged: forceLayout()

        T.ScrollBar.vertical: AppScrollBar {}
        T.ScrollBar.horizontal: AppScrollBar {}

        delegate: Item {
            id: place

            required property string display
            readonly property var parts: display.split("/")
            required property int row
            required property int column

            implicitWidth: root.columnWidth
            implicitHeight: root.rowHeight

            MatrixCell {
                anchors.fill: parent
                kind: place.parts[0]
                detail: place.parts[1] ?? ""

                onClicked: root.picked(place.row, place.column)
            }
        }
    }

    component Head: Rectangle {
        id: head

        required property string title
        property bool strong: false
        property bool centred: false

        color: Style.surfaceSunken

        GridLines {}

        AppText {
            anchors.fill: parent
            anchors.margins: Style.space2
            text: head.title
            size: Style.sizeSmall
            strong: head.strong || head.centred
            maximumLineCount: 2
            elide: Text.ElideRight
            lineHeight: 1.08
            horizontalAlignment: head.centred ? Text.AlignHCenter : Text.AlignLeft
            verticalAlignment: Text.AlignVCenter
        }
    }
}
