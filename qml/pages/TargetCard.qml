// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A target of a task: what was counted towards it, and where `canCount` what a unit counts on. `target` is a row of TargetListModel.
// counted(done, cases) and stated(percent) for what the person adds; each is saved by itself. Where `canContinue` (the office):
// continuedAs(key) for a target that goes on with this dropped one, separated(key) for what shall not go on in this one any more.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Ui

Card {
    id: root

    required property var target
    property bool canCount: false
    property bool canContinue: false
    readonly property bool isShare: target.measure === "share"

    signal counted(int done, int cases)
    signal stated(int percent)
    signal continuedAs(string key)
    signal separated(string key)

    width: parent ? parent.width : 320
    spacing: Style.space2

    AppText {
        width: parent.width
        text: root.target.words
        strong: true
    }

    Flow {
        width: parent.width
        spacing: Style.space2

        Badge {
            text: root.target.isDropped ? qsTr("no longer asked") : root.target.needText
            tone: root.target.isDropped ? "warn" : "neutral"
        }

        Badge {
            text: root.target.isMet ? qsTr("reached") : ""
            tone: "good"
            iconName: "check"
            visible: root.target.isMet && !root.target.isDropped
        }
    }

    FieldRow {
        label: qsTr("This unit")
        value: root.target.ownText
        visible: root.target.measure !== "none"
    }

    FieldRow {
        label: qsTr("In this period")
        value: root.target.windowText
        visible: value !== ""
    }

    FieldRow {
        label: qsTr("All units")
        value: root.target.allText
        visible: value !== ""
    }

    AppText {
        width: parent.width
        text: root.target.earlierText
        size: Style.sizeSmall
        muted: true
        visible: text !== ""
    }

    Flow {
        width: parent.width
        spacing: Style.space2
        visible: root.canContinue && (root.target.heirs.length > 0 || root.target.continued.length > 0)

        Repeater {
            model: root.target.heirs

            AppButton {
                required property string modelData

                text: qsTr("Goes on as: %1").arg(modelData)
                iconName: "merge"

                onClicked: root.continuedAs(modelData)
            }
        }

        Repeater {
            model: root.target.continued

            AppButton {
                required property string modelData

                text: qsTr("Without: %1").arg(modelData)
                iconName: "undo"
                variant: "quiet"

                onClicked: root.separated(modelData)
            }
        }
    }

    Flow {
        id: adding

        // Done is typed on from one: most of what is counted happens once.
        function clear(): void {
            more.value = root.isShare ? 0 : 1;
            cases.value = 0;
        }

        width: parent.width
        spacing: Style.space3
        visible: root.canCount && root.target.measure !== "none"

        NumberField {
            id: cases

            width: Math.round(200 * Style.textScale)
            label: qsTr("Cases since last time")
            from: -9999
            to: 9999
            value: 0
            visible: root.isShare
        }

        NumberField {
            id: more

            width: Math.round(200 * Style.textScale)
            label: root.isShare ? qsTr("Of these as demanded") : qsTr("Done since last time")
            from: -9999
            to: 9999
            value: root.isShare ? 0 : 1
        }

        // Below the label of the number, beside its box.
        Item {
            width: add.width
            height: more.height

            AppButton {
                id: add

                anchors.bottom: parent.bottom
                text: qsTr("Count")
                iconName: "add"
                enabled: more.value !== 0 || cases.value !== 0

                onClicked: {
                    root.counted(more.value, root.isShare ? cases.value : 0);
                    adding.clear();
                }
            }
        }
    }

    Flow {
        width: parent.width
        spacing: Style.space3
        visible: adding.visible && root.isShare

        NumberField {
            id: percent

            width: Math.round(200 * Style.textScale)
            label: qsTr("Or the percent as known")
            suffix: "%"
            value: 0
        }

        Item {
            width: state.width
            height: percent.height

            AppButton {
                id: state

                anchors.bottom: parent.bottom
                text: qsTr("State the percent")

                onClicked: root.stated(percent.value)
            }
        }
    }
}
