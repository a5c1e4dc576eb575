// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The headings of the groups of tasks: section.delegate: groups.heading.
//
// In a file of its own, without ComponentBehavior: ListView of Qt 6.4 makes section headings in a context of theirs, where a bound
// component cannot be made ("Component is not ready").
import QtQuick
import Hezhang.Model
import Hezhang.Ui

QtObject {
    readonly property Component heading: Item {
        id: group

        required property string section

        width: ListView.view ? ListView.view.width : 0
        implicitHeight: words.implicitHeight + Style.space3

        SectionHeader {
            id: words

            x: Style.gutter
            y: Style.space3
            width: group.width - 2 * Style.gutter
            title: Format.dueGroup(group.section)
        }
    }
}
