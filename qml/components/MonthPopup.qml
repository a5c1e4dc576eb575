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
    property int year: 2026
    property int month: 0
    // Days of the month before, in the first week.
    readonly property int lead: (new Date(year, month, 1).getDay() - Qt.locale().firstDayOfWeek + 7) % 7
    // As large as the text wants it, but the week fits a phone.
    readonly property real cell: Math.min(Math.max(Style.target, Math.round(40 * Style.textScale)), Math.floor((Style.windowWidth - 2 * margins - 2 * padding) / 7))

    signal picked(string date)

    function turn(step: int): void {
        const start = new Date(year, month + step, 1);
        year = start.getFullYear();
        month = start.getMonth();
    }

    width: 7 * cell + 2 * padding
    height: contentItem.implicitHeight + 2 * padding
    margins: Style.space1
    padding: Style.space1
    focus: true
    modal: false
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside

    onAboutToShow: {
        const parsed = Date.fromLocaleString(Qt.locale("C"), value, "yyyy-MM-dd");
        const start = isNaN(parsed.getTime()) ? new Date() : parsed;
        year = start.getFullYear();
        month = start.getMonth();
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
                onClicked: root.turn(-1)
            }

            AppText {
                anchors.centerIn: parent
                text: new Date(root.year, root.month, 1).toLocaleString(Qt.locale(), qsTr("MMMM yyyy"))
                strong: true
            }

            IconButton {
                anchors.right: parent.right
                iconName: "chevron-right"
                text: qsTr("Next month")
                onClicked: root.turn(1)
            }
        }

        Row {
            bottomPadding: Style.space1

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

        Grid {
            columns: 7

            // Six weeks hold every month.
            Repeater {
                model: 42

                DayButton {
                    required property int index

                    width: root.cell
                    height: root.cell
                    date: new Date(root.year, root.month, index + 1 - root.lead)
                    enabled: date.getMonth() === root.month
                    checked: iso === root.value

                    onClicked: {
                        root.picked(iso);
                        root.close();
                    }
                }
            }
        }
    }

    component DayButton: T.Button {
        id: square

        required property date date
        readonly property bool today: iso === Qt.formatDate(new Date(), "yyyy-MM-dd")
        readonly property string iso: Qt.formatDate(date, "yyyy-MM-dd")

        text: date.getDate()
        focusPolicy: Qt.StrongFocus
        Accessible.role: Accessible.Button
        Accessible.name: iso

        Keys.onReturnPressed: clicked()

        background: Rectangle {
            radius: height / 2
            color: square.checked ? Style.accent : square.hovered ? Style.surfaceHover : "transparent"
            border.width: square.today && !square.checked ? 1 : 0
            border.color: Style.accent

            FocusRing {
                shown: square.visualFocus
                radius: height / 2
                inset: 1
            }
        }

        contentItem: AppText {
            text: square.text
            color: !square.enabled ? Style.textDisabled : square.checked ? Style.inkOnAccent : square.today ? Style.accent : Style.text
            strong: square.checked || square.today
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            Accessible.ignored: true
        }
    }
}
