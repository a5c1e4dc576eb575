// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A document as a whole: title and year of the ledger to be, and what is doubtful about it.
import QtQuick
import Hezhang.Model
import Hezhang.Ui

PageScroll {
    id: root

    required property ImportModel document

    SectionHeader {
        title: qsTr("The whole document")
    }

    AppText {
        width: parent.width
        text: qsTr("Every task shows the document's own words beside what was understood. Begin with those that are marked.")
        muted: true
    }

    Banner {
        width: parent.width
        title: root.document.errorWhat
        text: root.document.errorNext
        tone: "bad"
        visible: title !== ""
    }

    AppTextArea {
        width: parent.width
        label: qsTr("Title of the ledger")
        rowsMin: 1
        text: root.document.title

        onEdited: text => root.document.title = text
    }

    NumberField {
        width: parent.width
        label: qsTr("Year")
        from: 0
        to: 2999
        value: root.document.year
        mandatory: true
        error: root.document.year === 0 ? qsTr("Deadlines are read by the year.") : ""

        onEdited: value => root.document.year = value
    }

    Banner {
        width: parent.width
        title: qsTr("Please look at this")
        text: root.document.headDoubts
        tone: "warn"
        visible: text !== ""
    }

    ImportUpdatePart {
        width: parent.width
        update: root.document.update
    }
}
