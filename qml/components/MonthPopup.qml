// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A month to pick a day from. Opens on the month of value (YYYY-MM-DD), or on this one.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.Popup {
    id: root

    property string value
    readonly property real cell: Math.max(Style.target, Math.round(40 * Style.textScale))

    signal picked(string date)

    width: 7 * cell + 2 * padding
    height: contentItem.implicitHeight + 2 * padding
    margins: Style.space2
    padding: Style.space2
    focus: true
    modal: false
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside

    onAboutToShow: {
        const parsed = Date.fromLocaleString(Qt.locale("C"), value, "yyyy-MM-dd");
        const start = isNaN(parsed.getTime()) ? new Date() : parsed;
        grid.month = start.getMonth();
        grid.year = start.getFullYear();
    }

    background: Rectangle {
        radius: Style.radiusLarge
        color: Style.surface
        border.color: Style.line
    }

    contentItem: Column {
        Item {
            width: 7 * root.cell
            height: Style.target

            IconButton {
                iconName: "chevron-left"
                text: qsTr("Previous month")
                onClicked: grid.turn(-1)
            }

            AppText {
                anchors.centerIn: parent
                text: grid.title
                strong: true
            }

            IconButton {
                anchors.right: parent.right
                iconName: "chevron-right"
                text: qsTr("Next month")
                onClicked: grid.turn(1)
            }
        }

        T.DayOfWeekRow {
            width: 7 * root.cell
            height: Style.sizeCaption * 2
            contentItem: Row {
                Repeater {
                    model: 7

                    AppText {
                        required property int index

                        width: root.cell
                        text: Qt.locale().standaloneDayName((Qt.locale().firstDayOfWeek + index) % 7, Locale.NarrowFormat)
                        size: Style.sizeCaption
                        muted: true
                        horizontalAlignment: Text.AlignHCenter
                    }
                }
            }
        }

        T.MonthGrid {
            id: grid

            function turn(step: int): void {
                const start = new Date(year, month + step, 1);
                year = start.getFullYear();
                month = start.getMonth();
            }

            width: 7 * root.cell
            height: 6 * root.cell
            locale: Qt.locale()
            title: Qt.locale().toString(new Date(year, month, 1), "yyyy-MM")
            contentItem: Grid {
                columns: 7

                Repeater {
                    model: grid.source
                    delegate: grid.delegate
                }
            }
            delegate: T.Button {
                id: day

                required property var model
                readonly property string iso: Qt.formatDate(model.date, "yyyy-MM-dd")

                width: root.cell
                height: root.cell
                text: model.day
                enabled: model.month === grid.month
                checked: iso === root.value
                focusPolicy: Qt.StrongFocus
                Accessible.role: Accessible.Button
                Accessible.name: iso

                Keys.onReturnPressed: click()
                onClicked: {
                    root.picked(iso);
                    root.close();
                }

                background: Rectangle {
                    radius: height / 2
                    color: day.checked ? Style.accent : day.hovered ? Style.surfaceHover : "transparent"
                    border.width: day.model.today && !day.checked ? 1 : 0
                    border.color: Style.accent

                    FocusRing {
                        shown: day.visualFocus
                        radius: height / 2
                        inset: 1
                    }
                }

                contentItem: AppText {
                    text: day.text
                    color: !day.enabled ? Style.textDisabled : day.checked ? Style.onAccent : day.model.today ? Style.accent : Style.text
                    strong: day.checked || day.model.today
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                    Accessible.ignored: true
                }
            }
        }
    }
}
