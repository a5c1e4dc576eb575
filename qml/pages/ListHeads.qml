// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The headings of a list's groups: section.delegate: heads.place, for the groups of a work list of places; heads.plain, where the section is a
// text for people. Without ComponentBehavior, as TaskGroups.qml.
import QtQuick
import Hezhang.Model
import Hezhang.Ui

QtObject {
    component Heading: Item {
        id: group

        required property string section
        property string title: section

        width: ListView.view ? ListView.view.width : 0
        implicitHeight: words.implicitHeight + Style.space3

        SectionHeader {
            id: words

            x: Style.gutter
            y: Style.space3
            width: group.width - 2 * Style.gutter
            title: group.title
        }
    }

    readonly property Component place: Heading {
        title: Format.placeGroup(section)
    }

    readonly property Component plain: Heading {}
}
