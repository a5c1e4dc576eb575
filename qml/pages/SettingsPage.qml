// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a person sets on this machine, and what this program is.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property Settings settings
    required property AppSession session
    readonly property bool isReady: true

    signal shortcutsPicked

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Settings")
        subtitle: States.line([root.session.unitName, root.session.personName])
    }

    PageScroll {
        anchors.fill: parent

        Card {
            width: parent.width

            AppText {
                width: parent.width
                text: qsTr("Language")
                strong: true
            }

            Flow {
                width: parent.width
                spacing: Style.space2

                Repeater {
                    model: root.settings.languages

                    Chip {
                        required property var modelData

                        text: modelData.name
                        checked: root.settings.language === modelData.code

                        onClicked: root.settings.language = modelData.code
                    }
                }
            }

            AppSwitch {
                width: parent.width
                text: qsTr("Large text")
                help: qsTr("Everything is written larger, and there is more room around it.")
                checked: root.settings.isLarge

                onToggled: root.settings.isLarge = checked
            }

            AppSwitch {
                width: parent.width
                text: qsTr("Dark colours")
                help: qsTr("Easier on the eyes in the evening.")
                checked: root.settings.isDark

                onToggled: root.settings.isDark = checked
            }
        }

        Card {
            width: parent.width
            padding: Style.space1

            ListRow {
                width: parent.width
                title: qsTr("Keyboard shortcuts")
                iconName: "keyboard"
                divided: false

                onClicked: root.shortcutsPicked()
            }
        }

        Card {
            width: parent.width

            AppText {
                width: parent.width
                text: qsTr("About")
                strong: true
            }

            FieldRow {
                width: parent.width
                label: qsTr("Program")
                value: qsTr("Hezhang %1").arg(Qt.application.version)
            }

            FieldRow {
                width: parent.width
                label: qsTr("Licence")
                value: qsTr("Apache 2.0, free software")
            }

            FieldRow {
                width: parent.width
                label: qsTr("County")
                value: root.session.county
            }

            FieldRow {
                width: parent.width
                label: qsTr("Key of the county")
                value: root.session.countyKey.replace(/(.{4})(?=.)/g, "$1 ")
            }

            FieldRow {
                width: parent.width
                label: qsTr("Role")
                value: Format.personRole(root.session.role)
            }

            FieldRow {
                width: parent.width
                label: qsTr("Folder with our data")
                value: root.session.folder
            }
        }
    }
}
